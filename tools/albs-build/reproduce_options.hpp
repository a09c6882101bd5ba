// SPDX-License-Identifier: GPL-3.0-or-later
// The command line of albs-build reproduce.
#pragma once
#include "options.hpp"

namespace albs::build {

cli::Command reproduce_command(ReproduceOptions& options);

} // namespace albs::build
