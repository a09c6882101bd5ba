// SPDX-License-Identifier: GPL-3.0-or-later
// A file that another writes, read as it grows.
#pragma once
#include <string>

#include "sys/fd.hpp"

namespace albs::sys {

class GrowingFile {
public:
    static Result<GrowingFile> open(const std::string& path);
    /// What was written since the last call, at most so many bytes. Where the file was made shorter, it begins again
    /// from the start.
    Result<std::string> more(std::size_t most);
    /// Whether that was so at the last call.
    bool begins_again() const { return begins_again_; }
    /// Whether somebody holds a lock on it (flock(2)).
    bool is_locked() const;

private:
    GrowingFile(std::string path, Fd file) : path_(std::move(path)), file_(std::move(file)) {}
    std::string path_;
    Fd file_;
    std::size_t read_ = 0; ///< bytes
    bool begins_again_ = false;
};

} // namespace albs::sys
