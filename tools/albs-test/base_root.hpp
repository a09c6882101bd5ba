// SPDX-License-Identifier: GPL-3.0-or-later
// What throw-away roots are views of: a root of the platform that the packages are for, or this machine's own system
// for the platform host.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "albs/buildroot/lock.hpp"
#include "cli/tool.hpp"
#include "repositories/fetch.hpp"
#include "root/cache.hpp"
#include "root/solver.hpp"
#include "sandbox/emulation.hpp"

namespace albs::test {

struct BaseRoot {
    /// Why packages cannot be tried out here; empty: they can.
    std::string hindrance;
    bool is_machine = true;

    // Of a root of the platform.
    root::Root root = {};                ///< held as long as the object
    std::string lock_digest = {};        ///< which root it is
    buildroot::Lock lock = {};           ///< what is installed in it
    std::vector<std::string> files = {}; ///< of the packages of the lock, in their order
    sandbox::Emulation emulation = {};
    root::Request request = {};
    std::vector<repositories::SyncedRepository> repositories = {};
    repositories::Settings settings = {};

    /// A package of that name is a part of it.
    bool has(const std::string& name) const;
    /// One of its layers has something at that path.
    bool has_path(const std::string& path) const;
};

/// For the packages of one task, as its platform was when it was built: the definition that the task records, its
/// repositories as they are now, and the module streams of its buildroot. The root has what data.test.install says, or
/// else what every build root of the platform has. What cannot be had on this machine is the hindrance; Kind::input for
/// a root that cannot be solved, Kind::temporary and Kind::trust as of repositories::sync() and fetch().
Result<BaseRoot> base_root_of(const Task& task, cli::Context& context, const store::Workspace& workspace, bool offline);

/// Files of packages that the platform's repositories describe, in their order.
using Fetcher = std::function<Result<std::vector<std::string>>(const std::vector<solve::Description>& packages)>;
/// From the repositories of the base, which lasts longer, as do the others.
Fetcher fetcher_of(const BaseRoot& base, const store::Workspace& workspace, cli::Context& context);

} // namespace albs::test
