// SPDX-License-Identifier: GPL-3.0-or-later
// All packages of a run: signed, proved, and recorded.
#pragma once
#include <vector>

#include "eligible.hpp"

namespace albs::sign {

/// Adds a signed artifact and its signatures for each package, in their order. In a dry run it only says what would be
/// signed. Kind::usage for a time at which no verifier accepts a signature of the keys.
Status sign_packages(const SignatureOptions& options, cli::Context& context, Manifest& manifest,
                     const std::vector<UnsignedPackage>& packages);

} // namespace albs::sign
