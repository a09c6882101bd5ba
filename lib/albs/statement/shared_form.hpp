// SPDX-License-Identifier: GPL-3.0-or-later
// Puts entries of a log into a manifest so that what they have in common is there once.
#pragma once
#include <map>
#include <string>

#include "albs/manifest/manifest.hpp"
#include "albs/manifest/tree_nodes.hpp"
#include "albs/statement/logged_entry.hpp"
#include "base/result.hpp"

namespace albs {

/// The notarizations of one log that are added to one manifest, and what they share. They come with finish().
class NotarizationWriter {
public:
    /// NODES are those of the log's tree, which has all entries that are added.
    NotarizationWriter(Manifest& manifest, const std::string& origin, NodeSource nodes);

    /// NAMED says what the notarization is and what it is about. The entry's signature must hold; its proofs give the
    /// checkpoints. Errors are those of Manifest::add() and of the source of nodes.
    Status add(Notarization named, const LoggedEntry& entry, const Json& statement);
    /// Proves an entry that the manifest has, and that is in the tree, up to a further checkpoint.
    Status prove(const Notarization& known, const LoggedEntry& entry, const std::string& note);
    /// Brings what was added, the log's record, the checkpoints, and the forms of the statements.
    Status finish();

private:
    Result<JsonText> checkpoint(const std::string& note, std::uint64_t index);
    Manifest& manifest_;
    LedgerRecord ledger_;
    NodeSource source_;
    TreeNodes nodes_;
    std::vector<Notarization> added_;                                  ///< with whole statements
    std::map<std::string, CheckpointRecord, std::less<>> checkpoints_; ///< by note
};

/// Brings what the notarizations of TO share from FROM, which has all of them, and no more than they need.
Status copy_shared(const Manifest& from, Manifest& to);

} // namespace albs
