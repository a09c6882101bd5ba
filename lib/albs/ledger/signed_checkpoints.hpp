// SPDX-License-Identifier: GPL-3.0-or-later
// Every checkpoint that a log signed, in order: a duplicate append gives back the very proof of the first time.
#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "base/result.hpp"
#include "sys/fd.hpp"

namespace albs {

/// Records "SIZE LENGTH\n" and LENGTH bytes of signed note, one after the other.
class CheckpointHistory {
public:
    explicit CheckpointHistory(std::string path) : path_(std::move(path)) {}
    /// Tells each whole record from the offset on, where one starts; what is torn at the end is not told.
    Status scan(std::uint64_t from, const std::function<Status(std::uint64_t size, std::uint64_t offset)>& record);
    /// Behind the last whole record that scan() found or append() wrote.
    std::uint64_t end() const { return end_; }
    /// What that record says; 0 without any.
    std::uint64_t size() const { return size_; }
    Result<std::string> read(std::uint64_t offset) const;
    /// Writes a record at end(), in the place of what is torn there. Only after scan().
    Status append(std::uint64_t size, const std::string& note);
    const std::string& path() const { return path_; }

private:
    std::string path_;
    sys::Fd file_; // once it was appended to
    std::uint64_t end_ = 0;
    std::uint64_t size_ = 0;
};

} // namespace albs
