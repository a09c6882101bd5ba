// SPDX-License-Identifier: GPL-3.0-or-later
// One notarization, verified by the log's key alone.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "albs/evidence/known_history.hpp"
#include "albs/log/checkpoint.hpp"
#include "albs/log/note.hpp"
#include "albs/log/policy.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/statement/logged_entry.hpp"
#include "albs/statement/status.hpp"
#include "base/result.hpp"

namespace albs {

/// A checkpoint that its log signed.
struct VerifiedCheckpoint {
    Checkpoint checkpoint;
    std::string note;      ///< as it came, cosignatures included
    std::string shortfall; ///< what the policy wants of witnesses and this has not, as Policy::shortfall() says it
    std::string unheld;    ///< why it cannot be held against what is known of the log; as KnownHistory::hold() says it
};

/// The checkpoints of one run. All records of one commit share a checkpoint, and its signature costs more than the rest
/// of a proof: each is opened once. Several threads may ask at a time.
class CheckpointCache {
public:
    /// POLICY has all keys of logs and witnesses that the run knows: none of them may have a false signature on a
    /// checkpoint.
    explicit CheckpointCache(Policy policy = {});
    /// What checkpoints are held against; nothing without this. Before any is opened.
    void set_known_history(KnownHistory known) { known_history_ = std::move(known); }
    ~CheckpointCache();
    /// As open_checkpoint(), the signatures of the known keys hold, and no other tree of that size was opened or is
    /// known: an honest log has one. What it points to lives as long as the cache. Witnesses that are missing are no
    /// error: see VerifiedCheckpoint.
    Result<const VerifiedCheckpoint*> open(const std::string& note, const Vkey& log);

private:
    struct Entry;
    Status check_history(VerifiedCheckpoint& opened);
    Policy policy_;
    std::vector<Vkey> known_;
    KnownHistory known_history_;
    std::mutex mutex_;
    std::unordered_map<std::string, std::unique_ptr<Entry>> entries_; ///< by key and note
    std::map<std::pair<std::string, std::uint64_t>, Digest> roots_;   ///< by origin and size
};

/// What a notarization that holds has shown.
struct VerifiedNotarization {
    Json statement;
    std::string signer; ///< SHA-256 of the statement key's SPKI, in hex
    /// Those that its proofs stand on, of the cache: at least one.
    std::vector<const VerifiedCheckpoint*> checkpoints;
};

/// Each checkpoint that one of the keys signed is the log's, and the entry is in its tree; the entry is of this
/// envelope, and the envelope's signature holds. Kind::trust otherwise. Nothing when none of the keys signed any of the
/// checkpoints, or the manifest lacks a part of the proofs: what cannot be proved with these keys is neither true nor
/// false.
Result<std::optional<VerifiedNotarization>> verify_notarization(const LoggedEntries& entries,
                                                                const Notarization& notarization,
                                                                const std::vector<Vkey>& keys,
                                                                CheckpointCache& checkpoints);
/// The same, of an entry that was read already.
Result<std::optional<VerifiedNotarization>> verify_notarization(const LoggedEntry& entry,
                                                                const Notarization& notarization,
                                                                const std::vector<Vkey>& keys,
                                                                CheckpointCache& checkpoints);
/// As the first, and check_statement().
Result<std::optional<VerifiedNotarization>> verify_notarization(const Manifest& manifest, const LoggedEntries& entries,
                                                                const Notarization& notarization,
                                                                const std::vector<Vkey>& keys,
                                                                CheckpointCache& checkpoints);

/// One line: why the notarization, which holds, is taken for no evidence: each of its checkpoints lacks witnesses of
/// the policy, or cannot be held against what is known of the log; or the key of its statement is not accepted for such
/// statements. Empty: it is evidence.
std::string why_not_accepted(const VerifiedNotarization& verified, const Policy& policy);
/// One line: why none of the keys proves it.
std::string why_unproved(const LoggedEntries& entries, const Notarization& notarization, const std::vector<Vkey>& keys);
/// What a notarization claims of a change of status, whether or not it can be proved; nothing when it is none.
std::optional<StatusChange> claimed_change(const LoggedEntries& entries, const Notarization& notarization);

/// The notarization's statement says what the manifest says of the record: every member of its binding, and its
/// subject. Kind::trust with the first difference otherwise.
Status check_statement(const Manifest& manifest, const Notarization& notarization, const Json& statement);

/// The key of the log, among several, that signed the proof's checkpoint. Null when none of the keys is of that log, or
/// none of them signed: then it cannot be proved with these keys, and is neither true nor false. A note that cannot be
/// read gets the log's first key, so that the reason comes out.
const Vkey* signer_among(std::string_view log, const TlogProof& proof, const std::vector<Vkey>& keys);

} // namespace albs
