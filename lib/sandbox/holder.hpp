// SPDX-License-Identifier: GPL-3.0-or-later
// Processes that were forked and run no program: one that holds namespaces, and those that mount in them.
#pragma once
#include <vector>

#include "base/result.hpp"
#include "sandbox/step.hpp"
#include "sys/fd.hpp"

namespace albs::sandbox {

/// What is done in new namespaces, all of it made before the process is, which may call nothing but the kernel.
struct HolderPlan {
    bool becomes_root = false;     ///< of the namespace; a plain user is it
    std::vector<Step> steps;
    std::vector<Step> steps_below; ///< in one more user namespace; none: there is none
};

/// A user namespace and a mount namespace in it, as long as the object.
class Holder {
public:
    /// Its process waits for go_on(), so that its ids can be mapped.
    static Result<Holder> start(HolderPlan plan);
    Holder(Holder&&) noexcept;
    Holder& operator=(Holder&&) = delete;
    ~Holder();
    int process() const { return process_; }
    /// Takes the steps. Kind::environment with the step that failed.
    Status go_on();

private:
    Holder(HolderPlan plan, int process, sys::Fd hold, sys::Fd report);
    HolderPlan plan_;
    int process_ = -1;
    sys::Fd hold_;   ///< the process ends when this closes
    sys::Fd report_;
};

/// Steps by a process of their own in a mount namespace, with the power over files that this one has outside of it.
Status perform_in(const sys::Fd& mount_namespace, const std::vector<Step>& steps);

} // namespace albs::sandbox
