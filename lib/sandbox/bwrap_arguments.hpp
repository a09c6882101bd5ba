// SPDX-License-Identifier: GPL-3.0-or-later
// The arguments of bubblewrap that isolate a job.
#pragma once
#include <linux/capability.h>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/sandbox.hpp"
#include "sys/fd.hpp"

namespace albs::sandbox {

/// bubblewrap's command line up to the command itself, and what it reads while it builds the inside. Only options of
/// bubblewrap 0.4, which is what Enterprise Linux 8 and 9 have.
class BwrapArguments {
public:
    static Result<BwrapArguments> of(const Job& job, const Namespaces& namespaces);
    const std::vector<std::string>& arguments() const { return arguments_; }
    /// {ours, number in bubblewrap}; the numbers are from 10.
    std::vector<std::pair<int, int>> descriptors() const;

private:
    BwrapArguments() = default;
    void add(std::initializer_list<std::string> words) { arguments_.insert(arguments_.end(), words); }
    Status add_file(const std::string& to, const std::string& text);
    void add_namespaces(const Job& job, const Namespaces& namespaces);
    void add_host_root();
    Status add_host_configuration(const Job& job);
    void add_kernel_files(const std::string& root, const std::string& memory);
    void add_memory(const Job& job, const std::string& memory);
    Status add_mounts(const Job& job, const Namespaces& namespaces);
    std::vector<std::string> arguments_;
    std::vector<sys::Fd> files_;
};

/// Of the descriptor by which the inside reaches the namespace of the user of builds, where there is one.
constexpr int builds_descriptor = 7;

struct Capability {
    const char* name;
    int number;
};
/// For rpm and what scriptlets call: chown, install, useradd, setcap, chroot. No mounts, devices, other processes.
constexpr Capability of_installing[] = {
    {"CAP_CHOWN", CAP_CHOWN},     {"CAP_DAC_OVERRIDE", CAP_DAC_OVERRIDE}, {"CAP_FOWNER", CAP_FOWNER},
    {"CAP_FSETID", CAP_FSETID},   {"CAP_SETUID", CAP_SETUID},             {"CAP_SETGID", CAP_SETGID},
    {"CAP_SETFCAP", CAP_SETFCAP}, {"CAP_SYS_CHROOT", CAP_SYS_CHROOT}};

/// What of /proc is about the machine and not about processes: to be read only, where it is there at all.
constexpr const char* kernel_settings[] = {"/proc/sys", "/proc/irq", "/proc/bus", "/proc/fs", "/proc/sysrq-trigger"};

/// Words to put before the first command inside, so that it is the user that it should be.
std::vector<std::string> becoming_user(const Job& job, const Namespaces& namespaces);

/// "NAME=value" of the fixed environment, then the job's own.
std::vector<std::string> inside_environment(const Job& job);

} // namespace albs::sandbox
