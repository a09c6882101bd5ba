// SPDX-License-Identifier: GPL-3.0-or-later
// A throw-away view of this machine's root file system that can be written to: what is written stays in memory and is
// gone with the view.
//
// A process of its own holds a user namespace and a mount namespace: a tmpfs, and on it an overlay over /usr. Jobs
// enter them. Nothing is mounted where others see it, so even a view whose maker was killed leaves nothing behind.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "albs/result.hpp"
#include "sys/fd.hpp"
#include "sys/temporary.hpp"

namespace albs::sandbox {

class View {
public:
    /// A plain user cannot change directories of root's, so the view has directories of its own in their place: those
    /// of /usr to a depth of four, and the ones given here with all above them. Root needs neither.
    /// Kind::environment if the kernel refuses namespaces or overlays to this user.
    static Result<View> make(const std::vector<std::string>& directories = {});
    View(View&&) noexcept;
    View& operator=(View&&) = delete;
    ~View();

    /// Words to put before a command so that it runs as root inside the namespaces, outside of the sandbox: for programs
    /// of ours that look at or copy the view, never for what comes from packages.
    std::vector<std::string> enter() const;
    /// The root as seen by such a command.
    std::string root() const { return base() + "/root"; }
    /// Where what was written to /usr lies (and to /bin and the like, where they are no links), by its path.
    std::string written() const { return base() + "/upper"; }
    /// root() as this process sees it. Not for files that belong to others than root.
    std::string root_from_here() const;
    /// More than one user id exists inside, so that files can be given to other users than root.
    bool has_many_ids() const { return many_ids_; }

private:
    View(sys::TemporaryDirectory place, int process, sys::Fd hold, bool many_ids);
    const std::string& base() const { return place_->path(); }
    std::unique_ptr<sys::TemporaryDirectory> place_; ///< empty outside of the namespaces: the mount point
    int process_ = -1;
    sys::Fd hold_; ///< the process ends when this closes
    bool many_ids_ = false;
};

} // namespace albs::sandbox
