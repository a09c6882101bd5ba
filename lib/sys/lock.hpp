// SPDX-License-Identifier: GPL-3.0-or-later
// flock(2) on a file that is never replaced.
#pragma once
#include <string>

#include "sys/fd.hpp"

namespace albs::sys {

/// Held until the object goes.
class Lock {
public:
    /// Creates the file if need be and waits at most wait_ms; still busy is Kind::temporary.
    static Result<Lock> exclusive(const std::string& path, long wait_ms = 60000);
    static Result<Lock> shared(const std::string& path, long wait_ms = 60000);

private:
    explicit Lock(Fd fd) : fd_(std::move(fd)) {}
    static Result<Lock> take(const std::string& path, int how, long wait_ms);
    Fd fd_;
};

} // namespace albs::sys
