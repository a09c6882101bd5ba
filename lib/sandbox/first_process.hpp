// SPDX-License-Identifier: GPL-3.0-or-later
// The first process in the pid namespace of a job. bubblewrap ends without waiting for it, so that what it and all
// below it used would be known to nobody, and it would stay a zombie where this program is the first of its own
// namespace.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sys/fd.hpp"

namespace albs::sandbox {

/// What it and every process below it that was waited for used (getrusage(2)).
struct ProcessUse {
    std::int64_t cpu_ms = 0;
    std::int64_t largest_bytes = 0; ///< most memory of one of them
};

class FirstProcess {
public:
    /// From here on, processes whose makers end become children of this program.
    static Result<FirstProcess> expect();
    /// bubblewrap writes its id on that descriptor.
    static std::vector<std::string> arguments();
    std::pair<int, int> descriptor() const;
    /// Once bubblewrap has ended: takes its status off the kernel. None if it never came about.
    std::optional<ProcessUse> wait();

private:
    FirstProcess(sys::Fd read, sys::Fd write) : read_(std::move(read)), write_(std::move(write)) {}
    sys::Fd read_;
    sys::Fd write_;
};

} // namespace albs::sandbox
