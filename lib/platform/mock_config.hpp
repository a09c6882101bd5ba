// SPDX-License-Identifier: GPL-3.0-or-later
// mock's configuration of a platform, as a build node of ALBS writes it.
#pragma once
#include <string>

#include "platform/platform.hpp"

namespace albs::platform {

/// The text of ROOT.cfg for a task of arch: config_opts in alphabetical order, plugins, and dnf's configuration with
/// every repository that the task sees. The options of the build are in the platform already (Platform::add).
/// Kind::input where mock could not take it: two repositories of one name, an architecture that has no host.
Result<std::string> mock_config(const Platform& platform, const std::string& arch, const std::string& root);

/// The text of site-defaults.cfg beside it: plugins that are on for every root.
std::string mock_site_defaults();

/// What goes with it on mock's command line: "--define", "NAME BODY" of each definition.
std::vector<std::string> mock_defines(const Platform& platform);

} // namespace albs::platform
