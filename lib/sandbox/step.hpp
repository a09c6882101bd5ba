// SPDX-License-Identifier: GPL-3.0-or-later
// What is done in new namespaces before programs run there.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace albs::sandbox {

struct Step {
    enum class What {
        private_mounts, ///< nothing that is mounted here or elsewhere from now on is seen in the other place
        memory,         ///< mount a tmpfs on path
        directory,      ///< make it
        file,           ///< make it; detail is its text
        link,           ///< a symbolic link to detail
        bind,           ///< mount what detail names on path
        lend,           ///< the same, read-only, and if the file system can, as if its users were those of users
        overlay,        ///< mount an overlay on path; detail is its options
        give,           ///< let path (of this machine) belong to the user of builds, 1000 of the namespace
        emulators,      ///< mount the namespace's own list of emulators (binfmt_misc) on path
        write,          ///< write detail into path, which the kernel has made
    };
    What what = What::directory;
    std::string path;
    std::string detail = {};
    unsigned mode = 0755; ///< of a directory or a file; exact
    int users = -1;       ///< descriptor of a user namespace, for lend
};

/// How far a list of steps came. Small enough to be written to a pipe at once.
struct StepOutcome {
    int error = 0; ///< errno; 0: all is done
    std::size_t step = 0;
};

/// Calls nothing but the kernel, so that a process may call it that was forked from one with threads.
StepOutcome perform(const std::vector<Step>& steps);

/// "mounting an overlay", for messages.
std::string name_of(const Step& step);

} // namespace albs::sandbox
