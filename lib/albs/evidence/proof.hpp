// SPDX-License-Identifier: GPL-3.0-or-later
// Inside of the reader of evidence.
#pragma once
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "albs/evidence/evidence.hpp"
#include "base/digest.hpp"

namespace albs {

/// What there is to say of one notarization, once it was asked for.
struct EvidenceReader::Proof {
    std::once_flag once;
    bool known = false;                                 ///< a known key signed it, or it cannot be read
    bool trusted = false;                               ///< and the policy takes it, or it is false
    std::string unaccepted;                             ///< why the policy does not take it
    Status entry;                                       ///< the statement is in the log
    Status record;                                      ///< and says what the manifest says
    std::vector<const VerifiedCheckpoint*> checkpoints; ///< none when entry is an error
    std::string task;                                   ///< that a build's statement names
    Digest binding;                                     ///< of its canonical form, where records have several attempts
    std::vector<StatedCheck> checks;                    ///< that a statement about tests lists
    std::vector<std::string> tests;     ///< that a statement about tests lists: test_key() of each, sorted
    std::string signer;                 ///< of the statement, as Voucher has it
    std::string time;                   ///< that the statement names
    std::optional<StatusChange> change; ///< that a statement about status tells
};

} // namespace albs
