// SPDX-License-Identifier: GPL-3.0-or-later
// A throw-away view of a root file system, this machine's or a buildroot, that can be written to: what is written stays
// in memory and is gone with the view. A tmpfs and on it an overlay over the original, in namespaces of its own.
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sandbox/emulation.hpp"
#include "sandbox/namespaces.hpp"

namespace albs::sandbox {

class View {
public:
    /// Of this machine. Root inside cannot change directories of root outside, so the view has directories of its own
    /// in their place: those of /usr to a depth of four, and the ones given here with all above them.
    /// Kind::environment if the kernel refuses namespaces or overlays to this user.
    static Result<View> make(const std::vector<std::string>& directories = {});
    /// Of a buildroot: directories of which all files belong to whom they should in namespaces of this user, the
    /// uppermost layer first. for_builds: directories of this machine that are given to the user that builds run as.
    /// emulation: how its programs run.
    static Result<View> over(const std::vector<std::string>& layers, const std::vector<std::string>& for_builds = {},
                             const Emulation& emulation = {});
    /// Of a buildroot that gets one more layer: what is written is in place/tree, and stays. place is a directory that
    /// belongs to root inside, as do its empty directories tree and work, the second of which is used up. Afterwards
    /// nothing of it is on the disk for sure. Kind::environment, too, if the file system takes no layers.
    static Result<View> of_layer(const std::string& base, const std::string& place, const Emulation& emulation = {});

    /// As Namespaces::enter(): also for programs of ours that look at or copy the view.
    std::vector<std::string> enter() const { return namespaces_.enter(); }
    /// The root as seen by such a command.
    std::string root() const { return namespaces_.memory() + "/root"; }
    /// Where what was written to /usr lies (and to /bin and the like, where they are no links), by its path; in a view
    /// over a buildroot, all that was written.
    std::string written() const { return namespaces_.memory() + "/upper"; }
    /// root() as this process sees it, to look at. Not for files that belong to others than root.
    std::string root_from_here() const;
    bool has_many_ids() const { return namespaces_.has_many_ids(); }
    const Namespaces& namespaces() const { return namespaces_; }

private:
    explicit View(Namespaces namespaces) : namespaces_(std::move(namespaces)) {}
    Namespaces namespaces_;
};

} // namespace albs::sandbox
