// SPDX-License-Identifier: GPL-3.0-or-later
// One Notarization of a manifest, verified by the log's key alone.
#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "albs/log/checkpoint.hpp"
#include "albs/log/note.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/statement/status.hpp"
#include "base/result.hpp"

namespace albs {

/// A checkpoint that its log signed.
struct VerifiedCheckpoint {
    Checkpoint checkpoint;
    std::string note; ///< as it came, cosignatures included
};

/// The checkpoints of one run. All records of one commit share a checkpoint, and its signature costs more than the rest
/// of a proof: each is opened once. Several threads may ask at a time.
class CheckpointCache {
public:
    /// KNOWN are all keys of logs that the run knows: none of them may have a false signature on a checkpoint.
    explicit CheckpointCache(std::vector<Vkey> known = {});
    ~CheckpointCache();
    /// As open_checkpoint(), and the signatures of the known keys hold. What it points to lives as long as the cache.
    Result<const VerifiedCheckpoint*> open(const std::string& note, const Vkey& log);

private:
    struct Entry;
    std::vector<Vkey> known_;
    std::mutex mutex_;
    std::unordered_map<std::string, std::unique_ptr<Entry>> entries_; ///< by key and note
};

/// What a notarization that holds has shown.
struct VerifiedNotarization {
    Json statement;
    std::string signer; ///< SHA-256 of the statement key's SPKI, in hex
    const VerifiedCheckpoint* checkpoint = nullptr; ///< that its proof stands on; of the cache
};

/// The checkpoint is the log's, the entry is in its tree, the entry is of this envelope, and the envelope's signature
/// holds. Kind::trust otherwise.
Result<VerifiedNotarization> verify_notarization(const Notarization& notarization, const Vkey& log,
                                                 CheckpointCache& checkpoints);

/// By the key, among several, that signed the checkpoint. Nothing when none of them did: what cannot be proved with these
/// keys is neither true nor false.
Result<std::optional<VerifiedNotarization>> verify_notarization(const Notarization& notarization,
                                                                const std::vector<Vkey>& keys,
                                                                CheckpointCache& checkpoints);

/// As the first, and check_statement().
Result<VerifiedNotarization> verify_notarization(const Manifest& manifest, const Notarization& notarization,
                                                 const Vkey& log, CheckpointCache& checkpoints);

/// As the second, and check_statement().
Result<std::optional<VerifiedNotarization>> verify_notarization(const Manifest& manifest,
                                                                const Notarization& notarization,
                                                                const std::vector<Vkey>& keys,
                                                                CheckpointCache& checkpoints);

/// One line: why none of the keys proves it.
std::string why_unproved(const Notarization& notarization, const std::vector<Vkey>& keys);
/// What a notarization claims of a change of status, whether or not it can be proved; nothing when it is none.
std::optional<StatusChange> claimed_change(const Notarization& notarization);

/// The notarization's statement says what the manifest says of the record: every member of its binding, and its
/// subject. Kind::trust with the first difference otherwise.
Status check_statement(const Manifest& manifest, const Notarization& notarization, const Json& statement);

/// The key of the log, among several, that signed the notarization's checkpoint. Null when none of the keys is of its
/// log, or none of them signed: then it cannot be proved with these keys, and is neither true nor false. A proof that
/// cannot be read gets the log's first key, so that the reason comes out.
const Vkey* signer_among(const Notarization& notarization, const std::vector<Vkey>& keys);

} // namespace albs
