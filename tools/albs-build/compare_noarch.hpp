// SPDX-License-Identifier: GPL-3.0-or-later
// A noarch package is made once for each architecture, and only one of the copies can be shipped: whether it matters
// which.
#pragma once
#include "albs/manifest/manifest.hpp"
#include "cli/message.hpp"
#include "store/workspace.hpp"

namespace albs::build {

/// Compares the copies of each noarch package that tasks in force made for several architectures, from one source for
/// one platform, and adds what came of it to the manifest. The copy of the first of these architectures is to be
/// shipped: x86_64, aarch64, ppc64le, s390x, riscv64, then all others by name. Other contents are told as a warning.
/// Copies whose bytes are not in the store are told and not compared. How many packages have other contents.
Result<std::size_t> compare_noarch(Manifest& manifest, const store::Workspace& workspace, cli::Messages& messages);

} // namespace albs::build
