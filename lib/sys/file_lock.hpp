// SPDX-License-Identifier: GPL-3.0-or-later
// flock(2) on a file that is never replaced.
#pragma once
#include <string>

#include "sys/fd.hpp"

namespace albs::sys {

/// Held until the object goes.
class FileLock {
public:
    /// Creates the file if need be and waits at most wait_ms, behind those that wait already; still busy is
    /// Kind::temporary.
    static Result<FileLock> exclusive(const std::string& path, long wait_ms = 60000);
    static Result<FileLock> shared(const std::string& path, long wait_ms = 60000);

private:
    explicit FileLock(Fd fd) : fd_(std::move(fd)) {}
    static Result<FileLock> take(const std::string& path, int how, long wait_ms);
    Fd fd_;
};

} // namespace albs::sys
