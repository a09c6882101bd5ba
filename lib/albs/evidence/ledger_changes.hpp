// SPDX-License-Identifier: GPL-3.0-or-later
// What the ledger of a workspace says was revoked, and that its proofs are of that ledger's history, for the tools that
// read a manifest which was made before.
#pragma once
#include <string>

#include "albs/evidence/evidence.hpp"
#include "albs/evidence/survey.hpp"
#include "albs/log/view.hpp"
#include "base/result.hpp"

namespace albs {

/// A log, and what it says of statuses.
struct SurveyedLog {
    LogView view;
    Survey survey;
};
/// The log in DIRECTORY, which has to extend what this machine remembers of it: Kind::trust otherwise, and for a
/// statement that is not its entry's. Its witnesses may be missing: what it says is taken back counts before they have
/// seen it. The policy must outlive the survey.
Result<SurveyedLog> survey_directory(const std::string& directory, const Policy& policy);

/// What a gate asks of the workspace's ledger. `tests`: also the results of tests of the manifest's files, for which the
/// whole ledger is read.
enum class LedgerQuestion { statuses, tests };

/// What the reader's proofs are held against becomes what this machine remembers of the policy's logs and, if it is one
/// of them, the ledger at DIRECTORY; what that ledger says of statuses becomes evidence. Its checkpoint has to extend
/// what this machine remembers of the log, and each statement has to be its entry's: Kind::trust otherwise. The
/// reader's status is unknown where statements are withheld that neither a list of statuses covers nor the manifest
/// has.
Status add_ledger_changes(EvidenceReader& reader, const std::string& directory, const Policy& policy,
                          LedgerQuestion question = LedgerQuestion::statuses);

} // namespace albs
