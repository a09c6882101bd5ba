// SPDX-License-Identifier: GPL-3.0-or-later
// The log entries that a document carries with its packages, each verified once.
#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "albs/evidence/trust.hpp"
#include "albs/evidence/verify.hpp"
#include "albs/formats/sbom_document.hpp"
#include "albs/manifest/notarization.hpp"
#include "base/result.hpp"

namespace albs::sbom {

/// One notarization as a document has it.
struct LogEntry {
    Result<Notarization> notarization;
    Result<std::optional<VerifiedNotarization>> verified; ///< nothing: none of the keys can prove it
    std::string unaccepted; ///< why the policy does not take it, though it holds; empty: it does
    bool renewed = false;   ///< another proof of the same entry is taken
};

/// Several packages may carry the same entry: both signed files of one built package carry that of the build.
class LogEntries {
public:
    /// Verifies jobs entries at a time. The document must outlive this and must not change.
    /// Checkpoints are held against KNOWN.
    static Result<LogEntries> verify(const SbomDocument& document, const Policy& policy, KnownHistory known,
                                     std::size_t jobs);

    /// Those of one package, in its order; without older proofs of an entry where a later one is taken.
    std::vector<const LogEntry*> of(const DescribedComponent& package) const;
    /// How many different entries there are, and so how many were verified.
    std::size_t size() const { return entries_.size(); }

private:
    void find_renewed();
    std::map<std::string, LogEntry, std::less<>> entries_; ///< by their JSON text
    std::unique_ptr<CheckpointCache> checkpoints_;         ///< entries point into it
};

} // namespace albs::sbom
