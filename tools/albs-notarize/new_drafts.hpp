// SPDX-License-Identifier: GPL-3.0-or-later
// What of a manifest a ledger does not have yet.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "albs/ledger/settings.hpp"
#include "albs/log/merkle.hpp"
#include "albs/log/note.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/statement/draft.hpp"
#include "albs/statement/test_results.hpp"

namespace albs::notarize {

/// All keys that the log ever had, the present one first.
Result<std::vector<Vkey>> vkeys_of(const LogSettings& settings);

/// Kind::trust for a notarization of this log that none of its keys signed.
tl::unexpected<Error> never_signed(const Notarization& notarization);

/// A ledger as it is now.
struct LedgerTree {
    const std::vector<Vkey>& keys; ///< as vkeys_of()
    std::uint64_t size;
    NodeSource nodes;
};

/// What notarizations say.
struct Recorded {
    std::set<std::string> texts;                             ///< said_in() of each
    std::map<std::string, std::vector<TestStatement>> tests; ///< by the file that was tested
};

/// What the manifest's notarizations in this log say already. One that does not hold stops everything: a record made
/// on top of it would give a changed manifest a fresh proof. So does one that the log's key signed and that is not of
/// this ledger, because the ledger is a copy of before or there are two that go on from it: Kind::trust.
Result<Recorded> recorded_already(const Manifest& manifest, const LedgerTree& ledger, std::size_t jobs);

/// Drafts of what is not RECORDED, and of tests that were done again after another result was.
std::vector<Draft> new_drafts(const Manifest& manifest, const StatementSigner& signer, Recorded recorded);

} // namespace albs::notarize
