// SPDX-License-Identifier: GPL-3.0-or-later
// Options that several verbs of albs-build have.
#pragma once
#include <string>
#include <vector>

#include "options.hpp"

namespace albs::build {

/// Of who has platforms and flavors of their own.
std::vector<cli::Option> definition_options(std::vector<std::string>& platforms, std::vector<std::string>& flavors);
cli::Option timeout_option(std::string& timeout);

} // namespace albs::build
