// SPDX-License-Identifier: GPL-3.0-or-later
// The log of a task while it runs, where others find it: WORKSPACE/builds/TASK.log, '/' of the id as '_'. Its first
// line begins with "task ID: ".
#pragma once
#include <string>
#include <vector>

#include "sys/fd.hpp"
#include "sys/growing_file.hpp"

namespace albs::build {

/// The file of one attempt, locked as long as it runs, and gone afterwards.
class RunningLog {
public:
    /// builds: the directory. Where another run builds the same at this time, the name gets a number.
    static Result<RunningLog> open(const std::string& builds, const std::string& id);
    RunningLog(RunningLog&& other) noexcept;
    RunningLog& operator=(RunningLog&&) = delete;
    ~RunningLog();
    const std::string& path() const { return path_; }
    /// Empties it, for what begins with this.
    Status begin(std::string_view title);

private:
    RunningLog(std::string path, sys::Fd file) : path_(std::move(path)), file_(std::move(file)) {}
    std::string path_;
    sys::Fd file_;
};

struct FoundLog {
    std::string id;
    std::string path;
    sys::GrowingFile file;
};

/// Those of tasks that run at this time in any process.
Result<std::vector<FoundLog>> running_logs(const std::string& builds);

} // namespace albs::build
