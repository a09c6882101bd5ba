// SPDX-License-Identifier: GPL-3.0-or-later
// What roots are solved from: the repositories and the words of a platform, and what the command line adds to them.
#pragma once
#include <string>
#include <vector>

#include "platform/platform.hpp"
#include "repositories/resolve.hpp"

namespace albs::root {

/// What a command line adds to a platform.
struct RequestOptions {
    std::vector<std::string> repositories; ///< --repo
    std::string release;                   ///< $releasever of .repo files; empty: the platform's
    std::string platform_id;               ///< "platform:el9"; empty: the platform's
    bool weak = false;
    std::string key;                       ///< --key: file of the keys of these repositories; empty: theirs
    bool offline = false;
    bool no_rollback = false;
};

/// What is asked of a solver: for one platform and architecture.
struct Request {
    std::string platform;
    std::vector<repositories::Repository> repositories;
    repositories::RootQuery question; ///< what every root of the platform has
};

/// For one architecture: all repositories of the platform, and what it installs if its backend is not host. Several
/// keys of a repository are put together into one file below the workspace. Errors about keys as repositories::key_file().
Result<Request> request_of(const platform::Platform& platform, const std::string& arch, const RequestOptions& options,
                           const std::string& workspace);

} // namespace albs::root
