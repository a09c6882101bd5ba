// SPDX-License-Identifier: GPL-3.0-or-later
// What an earlier run signed, as it lies in the store now.
#pragma once
#include <string>
#include <vector>

#include "cli/tool.hpp"
#include "options.hpp"

namespace albs::sign {

/// Every file that these keys (fingerprints of primary keys) have signed by the manifest is what its records say: its
/// bytes, the built file without its signatures, the time of each signature and, where the directory of keys has the
/// certificates, the signatures themselves. Kind::trust otherwise. What the store does not have is a warning.
Status prove_again(const KeyOptions& options, cli::Context& context, const Manifest& manifest,
                   const std::vector<std::string>& keys);

} // namespace albs::sign
