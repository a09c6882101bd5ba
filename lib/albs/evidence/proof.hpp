// SPDX-License-Identifier: GPL-3.0-or-later
// Inside of the reader of evidence.
#pragma once
#include <mutex>
#include <optional>
#include <string>

#include "albs/evidence/evidence.hpp"

namespace albs {

/// What there is to say of one notarization, once it was asked for.
struct EvidenceReader::Proof {
    std::once_flag once;
    bool trusted = false;                           ///< a known key signed it, or it cannot be read
    Status entry;                                   ///< the statement is in the log
    Status record;                                  ///< and says what the manifest says
    const VerifiedCheckpoint* checkpoint = nullptr; ///< null when entry is an error
    std::string task;                               ///< that a build's statement names
    std::string signer;                             ///< of the statement, as Voucher has it
    std::string time;                               ///< that the statement names
    std::optional<StatusChange> change;             ///< that a statement about status tells
};

} // namespace albs
