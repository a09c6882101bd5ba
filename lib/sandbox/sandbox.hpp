// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a command where it can harm nothing: bubblewrap, no network, read-only root, own pid, ipc and uts namespaces,
// fixed host name, user, environment and limits. The same as root and as a plain user: in neither case is a user of the
// inside root of this machine.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/manifest/resources.hpp"
#include "base/result.hpp"
#include "sandbox/emulation.hpp"
#include "sys/process.hpp"

namespace albs::sandbox {

class Namespaces;
class View;

struct Mount {
    std::string from; ///< on this machine; everybody has to be allowed to read it. Empty: memory that anybody writes to
    std::string to;   ///< inside
    bool writable = false; ///< what belongs to the caller belongs to root inside, or to the user of builds alone there
    bool is_of_namespaces = false; ///< from is no path of this machine, but one of the job's namespaces: View::root()
};

/// A file that exists only inside, read-only: configuration for the command.
struct File {
    std::string to; ///< inside, "/etc/rpm/macros.albs"
    std::string text;
};

struct Limits {
    std::int64_t timeout_ms = 0;   ///< 0: none
    std::int64_t memory_bytes = 0; ///< of all processes together, where there are control groups; 0: none
    /// Where there are none, each process may have an address space of memory_bytes; else there is no limit then.
    bool memory_of_each = false;
    std::int64_t processes = 0;  ///< of the job, or where there are no control groups, of its user; 0: none
    std::int64_t file_bytes = 0; ///< largest file written; 0: none
    std::int64_t disk_bytes = 0; ///< in the directories that are mounted writable, together; 0: none
    std::int64_t log_bytes = 0;  ///< largest log; 0: none
};

/// Whom a command runs as.
enum class User {
    mockbuild, ///< 1000, without any capability
    root,      ///< without any capability, too
    installer, ///< root with the capabilities that installing packages needs, over the ids that there are inside
};

struct Job {
    std::vector<std::string> argv;        ///< argv[0] is looked up in /usr/bin:/usr/sbin of the inside
    std::vector<std::string> environment; ///< in addition to the fixed one (PATH, HOME, LC_ALL, TZ, USER…)
    std::string directory = "/builddir";  ///< working directory inside
    /// The root file system, in its namespaces with their many ids. root and installer can write to it; to mockbuild it
    /// is read-only but for the mounts, and coreutils has to be in it. Without a view: the machine's own toolchain,
    /// read-only (/usr, /bin, /lib*, and what of /etc a toolchain needs), without its secrets, homes, /usr/local and
    /// devices.
    const View* view = nullptr;
    /// Without a view: namespaces to run in, for their many ids.
    const Namespaces* namespaces = nullptr;
    /// A directory inside where a command of its own is going to chroot(2): it gets a /proc and a /dev too.
    std::string second_root;
    /// A mount on /builddir is what the command works in; without one /builddir is empty memory. So are /tmp, /var/tmp
    /// and /dev/shm, for everybody.
    std::vector<Mount> mounts;
    std::vector<File> files;
    User user = User::mockbuild;
    std::string host_name = "localhost";
    /// How programs of the root run, for those of another architecture; its steps are in the view or the namespaces.
    Emulation emulation;
    bool network = false;
    std::string log_file; ///< stdout and stderr, appended; empty: captured
    Limits limits;
    bool measures_disk = false; ///< how much is in the directories that are mounted writable
};

struct JobResult {
    sys::ProcessResult finished;
    /// Which limit was met, in words ("more than 64 MiB of memory"); empty: none that is known. If finished.stopped, it
    /// is why.
    std::string limit_met;
    /// What was in force, as the first process inside saw it: {"sandbox":"bubblewrap","network":false,
    /// "pid_namespace":true,…}. The same bytes for every run with the same protection.
    Json isolation;
    Resources used;
};

/// Kind::environment when there is no bubblewrap or the kernel refuses namespaces, or when something that was asked
/// for turns out not to be in force; the command's own failure is in finished.
Result<JobResult> run(const Job& job);

} // namespace albs::sandbox
