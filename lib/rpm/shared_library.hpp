// SPDX-License-Identifier: GPL-3.0-or-later
// What a shared library offers those that link against it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albs::rpm {

struct SharedLibrary {
    std::string soname;
    /// "NAME@VERSION TYPE SIZE" of each symbol that it exports, sorted; "@@" for a default version, none for no version;
    /// the size of data only, since programs copy that.
    std::vector<std::string> symbols;
};

/// Nothing for what is no ELF file, has no soname or is damaged.
std::optional<SharedLibrary> read_shared_library(std::string_view file);

} // namespace albs::rpm
