// SPDX-License-Identifier: GPL-3.0-or-later
// Which packages may be signed: bytes, manifest and ledger have to say the same of each.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/tool.hpp"
#include "options.hpp"

namespace albs::sign {

/// A built package that no wanted key has signed yet.
struct UnsignedPackage {
    Artifact artifact;
    std::int64_t built = 0;            ///< when the first task that made it was done
    std::optional<std::string> waived; ///< why it may be signed although the ledger does not know it
};

/// The RPMs of the tasks that went well, each once, in the order of the tasks; without those that have a signed
/// artifact with a signature of each of these keys (fingerprints of primary keys).
Result<std::vector<UnsignedPackage>> unsigned_packages(const Manifest& manifest, const std::vector<std::string>& keys);

/// Those that may be signed. One that the ledger does not know is said on stderr and left out, or waived; one whose
/// record contradicts the manifest, or whose bytes do, is Kind::trust: nothing is signed then.
Result<std::vector<UnsignedPackage>> eligible_packages(const SignOptions& options, cli::Context& context,
                                                       const Manifest& manifest, std::vector<UnsignedPackage> packages);

} // namespace albs::sign
