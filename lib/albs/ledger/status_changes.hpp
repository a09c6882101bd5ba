// SPDX-License-Identifier: GPL-3.0-or-later
// What the ledger of a workspace says was revoked, for the tools that read a manifest made before that.
#pragma once
#include <string>

#include "albs/evidence/evidence.hpp"
#include "base/result.hpp"

namespace albs {

/// The changes of status in the ledger at DIRECTORY become evidence of the reader. Nothing to do when there is no
/// ledger, or it is not a log of TRUST. The checkpoint has to extend what this machine remembers of the log, and each
/// statement has to be its entry's: Kind::trust otherwise. The reader's status is unknown where statements are withheld
/// that neither a list of statuses covers nor the manifest has.
Status add_ledger_changes(EvidenceReader& reader, const std::string& directory, const Policy& policy);

} // namespace albs
