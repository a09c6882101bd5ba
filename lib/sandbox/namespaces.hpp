// SPDX-License-Identifier: GPL-3.0-or-later
// A user namespace with as many ids as this user may have, and a mount namespace in it, held by a process of their own.
// Programs enter them. Nothing is mounted where others see it, and all is gone with the process, even if its maker was
// killed.
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sys/fd.hpp"

namespace albs::sandbox {

/// One thing to do in the new namespaces, before anybody enters them.
struct Step {
    enum class What {
        memory,    ///< mount a tmpfs on path
        directory, ///< make it, 0755
        bind,      ///< mount what detail names on path
        overlay,   ///< mount an overlay on path; detail is its options
        give,      ///< let path (of this machine) belong to the user of builds, 1000 of the namespace
        emulators, ///< mount the namespace's own list of emulators (binfmt_misc) on path
        emulator,  ///< write detail into path, which is on such a mount
    };
    What what = What::directory;
    std::string path;
    std::string detail = {};
};

class Namespaces {
public:
    /// Kind::environment if the kernel refuses namespaces, or a step, to this user.
    static Result<Namespaces> make(const std::vector<Step>& steps);
    Namespaces(Namespaces&&) noexcept;
    Namespaces& operator=(Namespaces&&) = delete;
    ~Namespaces();

    /// Words to put before a command so that it runs as root inside the namespaces, outside of the sandbox: for
    /// programs of ours, never for what comes from packages.
    std::vector<std::string> enter() const;
    int process() const { return process_; }
    /// More than one user id exists inside, so that files can be given to other users than root.
    bool has_many_ids() const { return many_ids_; }

private:
    Namespaces(int process, sys::Fd hold) : process_(process), hold_(std::move(hold)) {}
    int process_ = -1;
    sys::Fd hold_; ///< the process ends when this closes
    bool many_ids_ = false;
};

} // namespace albs::sandbox
