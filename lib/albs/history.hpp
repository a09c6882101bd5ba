// SPDX-License-Identifier: GPL-3.0-or-later
// Every checkpoint that a log signed, in order: a duplicate append gives back the very proof of the first time.
#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "albs/result.hpp"

namespace albs {

/// Records "SIZE LENGTH\n" and LENGTH bytes of signed note, one after the other.
class CheckpointHistory {
public:
    explicit CheckpointHistory(std::string path) : path_(std::move(path)) {}
    /// Tells each whole record from the offset on; what is torn at the end is not told. Returns where that is.
    Result<std::uint64_t> scan(std::uint64_t from,
                               const std::function<Status(std::uint64_t size, std::uint64_t offset)>& record) const;
    Result<std::string> read(std::uint64_t offset) const;
    /// Cuts the file at end (what is torn) and appends. Returns the record's offset.
    Result<std::uint64_t> append(std::uint64_t end, std::uint64_t size, const std::string& note) const;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

} // namespace albs
