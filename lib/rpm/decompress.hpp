// SPDX-License-Identifier: GPL-3.0-or-later
// Compressed files, as librpm reads them.
#pragma once
#include <string_view>

namespace albs::rpm {

/// Of names of compressed files, and how librpm is told to read each.
struct Packing {
    std::string_view ending;
    const char* mode;
};
constexpr Packing packings[] = {
    {".gz", "r.gzdio"}, {".xz", "r.xzdio"}, {".bz2", "r.bzdio"}, {".zst", "r.zstdio"}, {".lzma", "r.lzdio"}};

} // namespace albs::rpm
