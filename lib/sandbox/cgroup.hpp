// SPDX-License-Identifier: GPL-3.0-or-later
// Limits on all processes of a job together. A control group below our own, by whichever hierarchy there is: version 1,
// hybrid or 2. Needs no systemd and no capability but the right to make a directory there; where that is missing, there
// is no group, and a job has limits per process only.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sys/fd.hpp"

namespace albs::sandbox {

class ControlGroup {
public:
    /// What can be had of this; zero is no limit. Below our own group and never beside it, so that what limits us still
    /// limits the job; but a plain user of version 2, where a group with processes can have none below, may be granted
    /// the group above.
    static ControlGroup make(std::int64_t memory_bytes, std::int64_t processes);
    ControlGroup(ControlGroup&&) noexcept = default;
    ControlGroup& operator=(ControlGroup&&) = delete;
    ~ControlGroup(); ///< once the job has ended

    bool limits_memory() const { return !memory_.path.empty(); }
    bool limits_processes() const { return !processes_.path.empty(); }
    /// Descriptors of the directories, for the inside to look at; -1 if there is none.
    int memory_directory() const { return memory_.directory.get(); }
    int processes_directory() const { return processes_.directory.get(); }
    /// Moves every process of a pid namespace ("pid:[4026532281]") into it.
    void take_in(const std::string& pid_namespace) const;
    /// Times that a process was killed for want of memory, or could not be made.
    std::int64_t memory_kills() const;
    std::int64_t forks_refused() const;
    /// What its processes used together. None where it is unknown: of processor time, version 1 keeps account
    /// elsewhere.
    std::optional<std::int64_t> cpu_ms() const;
    std::optional<std::int64_t> memory_peak() const;

private:
    ControlGroup() = default;
    struct Group {
        std::string path; ///< empty: none
        sys::Fd directory;
        Group() = default;
        Group(Group&& other) noexcept : path(std::move(other.path)), directory(std::move(other.directory))
        {
            other.path.clear();
        }
        Group& operator=(Group&& other) noexcept
        {
            path = std::move(other.path);
            directory = std::move(other.directory);
            other.path.clear();
            return *this;
        }
    };
    static Group make_group(const std::string& controller, const std::string& file_1, const std::string& file_2,
                            std::int64_t value);
    Group memory_;
    Group processes_;
};

} // namespace albs::sandbox
