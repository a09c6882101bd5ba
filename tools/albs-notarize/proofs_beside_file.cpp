// SPDX-License-Identifier: GPL-3.0-or-later
#include "proofs_beside_file.hpp"

#include <algorithm>

#include "albs/crypto/dsse.hpp"
#include "albs/evidence/verify.hpp"
#include "albs/formats/sigstore.hpp"
#include "albs/ledger/index.hpp"
#include "base/bytes.hpp"
#include "log_search.hpp"
#include "sys/file.hpp"

namespace albs::notarize {
namespace {

constexpr int max_words = 1000; // about one file
constexpr std::size_t max_bytes = std::size_t{64} << 20;

Result<Notarization> read_bundle_beside(const std::string& path)
{
    ALBS_TRY(std::string text, sys::read_file(path, max_bytes));
    ALBS_TRY(Json json, read_json(text));
    return read_sigstore_bundle(json);
}

// The leaf is made again: of the raw profile from the envelope; of Sigsum's it has a signature of its own, which the
// proof's extra line carries.
Result<Notarization> read_proof_beside(const std::string& file)
{
    ALBS_TRY(std::string text, sys::read_file(file + ".tlog-proof", max_bytes));
    ALBS_TRY(TlogProof proof, TlogProof::parse(text));
    ALBS_TRY(std::string dsse, sys::read_file(file + ".dsse.json", max_bytes));
    ALBS_TRY(Json envelope, read_json(dsse));
    ALBS_TRY(Note note, Note::parse(proof.checkpoint));
    ALBS_TRY(Checkpoint checkpoint, Checkpoint::parse(note.text));
    return Notarization{.id = checkpoint.origin + "#" + std::to_string(proof.index),
                        .about = {},
                        .kind = {},
                        .subject = {},
                        .log = checkpoint.origin,
                        .index = static_cast<std::int64_t>(proof.index),
                        .entry = proof.extra.value_or(to_base64(canonical_json(envelope))),
                        .proof = text,
                        .envelope = std::move(envelope)};
}

struct ProofResult {
    Evidence evidence;
    std::optional<StatusChange> change; ///< that a verified statement tells
};

ProofResult contradicted(std::string reason)
{
    return {.evidence = {.answer = Evidence::Answer::contradicted, .reason = std::move(reason)}, .change = {}};
}

ProofResult verify_proof(const Notarization& notarization, const std::string& sha256, const Policy& policy)
{
    std::vector<Vkey> keys = policy.keys();
    const Vkey* key = signer_among(notarization, keys);
    if (key == nullptr)
        return {.evidence = {.answer = Evidence::Answer::absent,
                             .reason = "the proof beside it is of the log '" + notarization.log +
                                       "', which is not to be trusted"},
                .change = {}};
    CheckpointCache checkpoints;
    Result<VerifiedNotarization> verified = verify_notarization(notarization, *key, checkpoints);
    if (!verified)
        return contradicted(verified.error().message);
    Result<Note> note = Note::parse(verified->checkpoint->note);
    Status quorum = note ? policy.check_quorum(*note) : Status(tl::unexpected(note.error()));
    if (!quorum)
        return contradicted(quorum.error().message);
    std::vector<std::string> subjects = subjects_of(verified->statement);
    if (std::find(subjects.begin(), subjects.end(), sha256) == subjects.end())
        return contradicted("the proof beside it is about another file, not about " + sha256);
    return {.evidence = {.answer = Evidence::Answer::verified, .reason = {}}, .change = status_of(verified->statement)};
}

// FILE.sigstore.json, or FILE.tlog-proof with FILE.dsse.json; nothing when there are none.
std::optional<ProofResult> read_beside(const std::string& file, const std::string& sha256, const Policy& policy)
{
    bool bundle = sys::exists(file + ".sigstore.json");
    if (!bundle && !sys::exists(file + ".tlog-proof"))
        return std::nullopt;
    Result<Notarization> read = bundle ? read_bundle_beside(file + ".sigstore.json") : read_proof_beside(file);
    // A proof that cannot be read is no absence.
    if (!read)
        return contradicted("the proof beside it cannot be read: " + read.error().message);
    return verify_proof(*read, sha256, policy);
}

// FILE.status, FILE.status.1 and so on: the proofs of later words, in the order of the log.
void hear_later_words(const std::string& file, const std::string& sha256, const Policy& policy, Evidence& evidence)
{
    std::optional<StatusChange> last;
    for (int count = 0; count < max_words; ++count) {
        std::string name = file + ".status" + (count == 0 ? "" : "." + std::to_string(count));
        std::optional<ProofResult> word = read_beside(name, sha256, policy);
        if (!word)
            break;
        last = word->change;
        if (!last) {
            evidence = {.answer = Evidence::Answer::contradicted,
                        .reason = "'" + name + "' proves no change of status: " + word->evidence.reason};
            return;
        }
    }
    if (last && last->withdraws())
        evidence = {.answer = Evidence::Answer::absent,
                    .reason = "a statement beside it says that it is " + last->status + ": " + last->reason,
                    .withdrawn = last->status};
}

} // namespace

Result<std::optional<Evidence>> evidence_beside(const std::string& file, const std::string& sha256,
                                                const Policy& policy)
{
    std::optional<ProofResult> proof = read_beside(file, sha256, policy);
    if (!proof)
        return std::optional<Evidence>();
    if (proof->change)
        proof = contradicted("the proof beside it records a change of status, not the file");
    if (proof->evidence.answer == Evidence::Answer::verified)
        hear_later_words(file, sha256, policy, proof->evidence);
    return std::optional<Evidence>(std::move(proof->evidence));
}

Result<Evidence> evidence_in_log(LogView& log, const std::string& sha256)
{
    Evidence evidence{.answer = Evidence::Answer::absent,
                      .reason = "no statement in the log is about " + sha256};
    ALBS_TRY(std::vector<FoundStatement> found, find_statements(log, sha256));
    for (const FoundStatement& one : found) {
        if (status_of(one.statement))
            continue;
        evidence.answer = Evidence::Answer::verified;
        evidence.reason.clear();
    }
    return evidence;
}

} // namespace albs::notarize
