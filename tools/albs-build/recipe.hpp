// SPDX-License-Identifier: GPL-3.0-or-later
// What is built and from what, read from the options and the platform: the same for a build, its plan and its lock.
#pragma once
#include <string>
#include <vector>

#include "albs/manifest/records.hpp"
#include "options.hpp"
#include "platform/overrides.hpp"
#include "platform/platform.hpp"
#include "store/workspace.hpp"

namespace albs::build {

struct Recipe {
    platform::Platform platform;
    std::string platform_record; ///< of the platform after its flavors: albs.platform/1
    std::vector<std::string> arches;
    std::vector<std::string> words;   ///< of rpmbuild: --with, --without, --define
    std::vector<std::string> options; ///< what tasks record: task_options()
    bool srpm_as_is = false;
    bool trust_first_fetch = false;
    std::vector<Artifact> linked; ///< manifests whose packages the roots may have
    /// Built in a root of packages, and not with this machine's toolchain.
    bool uses_roots() const { return platform.backend() == "chroot"; }
};

/// workspace: null where nothing may be written; what a linked manifest has is left out then. With a lock, a platform
/// without repositories has roots, too.
Result<Recipe> read_recipe(RecipeOptions options, bool has_lock, store::Workspace* workspace);

/// What packages say for themselves: the file of --build-configs, or nothing.
Result<platform::Overrides> read_overrides(const std::string& build_configs);
/// The error of options that a package asks for, with the package's name.
tl::unexpected<Error> of_package(Error error, const std::string& package, const std::string& build_configs);

} // namespace albs::build
