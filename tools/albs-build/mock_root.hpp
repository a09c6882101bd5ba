// SPDX-License-Identifier: GPL-3.0-or-later
// The roots of mock(1): a configuration written from the platform, and the command that runs mock with it.
//
// mock keeps roots by the name of their configuration and throws them away when the file is newer. So the file is named
// by the digest of its text and written once; what differs from build to build is on the command line.
#pragma once
#include <string>
#include <vector>

#include "plan.hpp"
#include "store/workspace.hpp"
#include "sys/file_lock.hpp"
#include "sys/process.hpp"

namespace albs::build {

/// A root of one configuration that no other run of mock is in, with its files in place.
struct MockRoot {
    std::string directory; ///< --configdir
    std::string name;
    sys::FileLock lock;
};

/// Kind::temporary when all roots of the platform are in use.
Result<MockRoot> take_mock_root(const BuildConfig& recipe, const std::string& arch, const store::Workspace& workspace);
/// The text of its configuration.
Result<std::string> mock_text(const BuildConfig& recipe, const std::string& arch, const std::string& root);
/// --define and what the build defines.
std::vector<std::string> mock_definitions(const BuildConfig& recipe);
/// words: what mock is to do, "--rebuild FILE".
sys::Command mock_command(const BuildConfig& recipe, const MockRoot& root, const std::vector<std::string>& words,
                          const std::string& result, const std::string& output);

} // namespace albs::build
