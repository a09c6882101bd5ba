// SPDX-License-Identifier: GPL-3.0-or-later
// fork and exec for sys/process and sys/background: as posix_spawn(3), which cannot ask the kernel to end the child
// together with its maker.
#pragma once
#include <csignal>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace albs::sys {

struct Spawn {
    std::string program; ///< a path
    std::vector<std::string> argv;
    std::vector<std::string> environment;
    std::string directory = {}; ///< empty: ours
    /// {ours, number in the child}; no number of ours is a number of another in the child. All else is close-on-exec.
    std::vector<std::pair<int, int>> fds = {};
    int end_signal = SIGKILL;  ///< what it gets when who made it ends
    bool ignores_pipe = false; ///< SIGPIPE is ignored, as services expect it of who starts them
};

/// Its pid, which is its process group too; or -errno. The child gets default signals, none of them blocked. It gets
/// end_signal when the calling thread ends, and so when this program does, even by KILL: that thread waits for it.
pid_t spawn(const Spawn& plan);

} // namespace albs::sys
