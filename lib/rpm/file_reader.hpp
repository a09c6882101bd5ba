// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a package's payload, one after the other, in pieces.
#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

#include "base/result.hpp"

namespace albs::rpm {

/// One file while the payload is at it.
class FileReader {
public:
    virtual ~FileReader() = default;
    /// The next piece, of 256 KiB at most; empty at the end. It is gone with the piece after it. Kind::input for a
    /// damaged payload.
    virtual Result<std::string_view> next() const = 0;
    virtual std::int64_t size() const = 0;
};

/// Called with the path of each regular file that has contents in the payload. Of hard links, only one has. What is
/// not read is passed over. An error ends the reading.
using TakeFile = std::function<Status(std::string_view path, const FileReader& file)>;

} // namespace albs::rpm
