// SPDX-License-Identifier: GPL-3.0-or-later
// Which packages may be signed: bytes, manifest and ledger have to say the same of each.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/tool.hpp"
#include "options.hpp"

namespace albs::sign {

/// A package without signatures that is to be signed.
struct UnsignedPackage {
    Artifact artifact;
    std::int64_t built = 0;                 ///< the time for its signature: when the first task that made it was done
    std::optional<std::string> waived;      ///< why it may be signed although a gate refuses it: "GATE: REASON; …"
    std::string path = {};                  ///< in the store, of bytes that were verified in this run; empty: not yet
    std::vector<std::string> replaces = {}; ///< ids of the signatures that the new one takes the place of
};

/// The RPMs of the tasks that went well, each once, in the order of the tasks; without those that have a signed
/// artifact with a signature of each of these keys (fingerprints of primary keys).
Result<std::vector<UnsignedPackage>> unsigned_packages(const Manifest& manifest, const std::vector<std::string>& keys);

/// What --waive may name: notarization (the ledger does not know the package), status (it says that it was revoked or
/// superseded, or nobody can say that it was not), test (one failed).
std::vector<std::string_view> waivable_gates();

/// Those that may be signed. One that a gate refuses is said on stderr and left out, or waived; one whose record
/// contradicts the manifest, or whose bytes do, is Kind::trust: nothing is signed then.
Result<std::vector<UnsignedPackage>> eligible_packages(const GateOptions& options, cli::Context& context,
                                                       const Manifest& manifest, std::vector<UnsignedPackage> packages);

/// Of packages that no manifest tells of, those that may be signed: all but those which the workspace's ledger, if
/// there is one, calls revoked or superseded, or of which it knows a test that failed. Others as eligible_packages().
Result<std::vector<UnsignedPackage>> unopposed_packages(const GateOptions& options, cli::Context& context,
                                                        std::vector<UnsignedPackage> packages);

} // namespace albs::sign
