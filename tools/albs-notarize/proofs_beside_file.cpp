// SPDX-License-Identifier: GPL-3.0-or-later
#include "proofs_beside_file.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sys/stat.h>

#include "albs/crypto/dsse.hpp"
#include "albs/evidence/verify.hpp"
#include "albs/formats/sigstore.hpp"
#include "albs/json/fields.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/voucher.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "sys/file.hpp"

namespace albs::notarize {
namespace {

constexpr int max_words = 1000; // about one file
constexpr std::size_t max_bytes = std::size_t{64} << 20;

// What came with a file may be anything, also a pipe that nobody writes to.
Result<std::string> read_regular(const std::string& path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
        return fail(Kind::input, "'" + path + "' is no regular file");
    return sys::read_file(path, max_bytes);
}

Result<Notarization> read_bundle_beside(const std::string& path)
{
    ALBS_TRY(std::string text, read_regular(path));
    ALBS_TRY(Json json, read_json(text));
    return read_sigstore_bundle(json);
}

// The leaf is made again: of the raw profile from the envelope; of Sigsum's it has a signature of its own, which the
// proof's extra line carries.
Result<Notarization> read_proof_beside(const std::string& file)
{
    ALBS_TRY(std::string text, read_regular(file + ".tlog-proof"));
    ALBS_TRY(TlogProof proof, TlogProof::parse(text));
    ALBS_TRY(std::string dsse, read_regular(file + ".dsse.json"));
    ALBS_TRY(Json envelope, read_json(dsse));
    std::string entry = proof.extra.value_or(to_base64(canonical_json(envelope)));
    ALBS_TRY(Note note, Note::parse(proof.checkpoint));
    ALBS_TRY(Checkpoint checkpoint, Checkpoint::parse(note.text));
    return Notarization{.id = checkpoint.origin + "#" + std::to_string(proof.index),
                        .about = {},
                        .kind = {},
                        .subject = {},
                        .log = checkpoint.origin,
                        .index = static_cast<std::int64_t>(proof.index),
                        .entry = std::move(entry),
                        .proof = text,
                        .envelope = std::move(envelope)};
}

struct ProofResult {
    Evidence evidence;
    std::optional<StatusChange> change; ///< that the statement tells; evidence says whether it is proved
    std::string made_from;              ///< the file before it was signed, as a verified statement says; may be empty
};

struct Trust {
    const Policy& policy;
    CheckpointCache& checkpoints;
};

ProofResult contradicted(std::string reason)
{
    return {.evidence = {.answer = Evidence::Answer::contradicted, .reason = std::move(reason)},
            .change = {},
            .made_from = {}};
}

bool is_about(const Json& statement, const std::string& digest)
{
    std::vector<std::string> subjects = subjects_of(statement);
    return !digest.empty() && std::find(subjects.begin(), subjects.end(), digest) != subjects.end();
}

Evidence vouched(const VerifiedNotarization& verified, const Notarization& notarization)
{
    std::string kind = statement_kind(verified.statement);
    if (!vouches(kind))
        return {.answer = Evidence::Answer::absent,
                .reason =
                    "the proof beside it is of the kind '" + kind + "', which does not say where the file is from"};
    Evidence evidence{.answer = Evidence::Answer::verified, .reason = {}};
    evidence.vouchers.push_back({.kind = std::move(kind),
                                 .entry = notarization.id,
                                 .signer = verified.signer,
                                 .time = statement_time(verified.statement)});
    return evidence;
}

// About one of the digests: the file's, or for a later word also that of what it was made from.
ProofResult verify_proof(const Notarization& notarization, const std::vector<std::string>& digests, const Trust& trust)
{
    const Policy& policy = trust.policy;
    std::vector<Vkey> keys = policy.keys();
    Result<std::optional<VerifiedNotarization>> tried =
        verify_notarization(LoggedEntries(), notarization, keys, trust.checkpoints);
    if (!tried)
        return contradicted(tried.error().message);
    if (!*tried)
        return {.evidence = {.answer = Evidence::Answer::absent,
                             .reason = "by the proof beside it " + why_unproved(LoggedEntries(), notarization, keys)},
                .change = claimed_change(LoggedEntries(), notarization),
                .made_from = {}};
    const VerifiedNotarization* verified = &**tried;
    const Json& statement = verified->statement;
    if (std::none_of(digests.begin(), digests.end(), [&](const std::string& one) { return is_about(statement, one); }))
        return contradicted("the proof beside it is about another file, not about " + digests.front());
    if (std::string why = why_not_accepted(*verified, policy); !why.empty())
        return {.evidence = {.answer = Evidence::Answer::absent, .reason = "of the proof beside it: " + why},
                .change = claimed_change(LoggedEntries(), notarization),
                .made_from = {}};
    Result<Json> binding = stated_binding(statement);
    if (std::optional<StatusChange> change = status_of(statement))
        return {.evidence = {.answer = Evidence::Answer::verified, .reason = {}}, .change = change, .made_from = {}};
    return {.evidence = vouched(*verified, notarization),
            .change = {},
            .made_from = binding ? text_member(*binding, "unsigned") : ""};
}

// FILE.sigstore.json, or FILE.tlog-proof with FILE.dsse.json; nothing when there are none.
std::optional<ProofResult> read_beside(const std::string& file, const std::vector<std::string>& digests,
                                       const Trust& trust)
{
    bool bundle = sys::exists(file + ".sigstore.json");
    if (!bundle && !sys::exists(file + ".tlog-proof"))
        return std::nullopt;
    Result<Notarization> read = bundle ? read_bundle_beside(file + ".sigstore.json") : read_proof_beside(file);
    // A proof that cannot be read is no absence.
    if (!read)
        return contradicted("the proof beside it cannot be read: " + read.error().message);
    return verify_proof(*read, digests, trust);
}

// FILE.status, FILE.status.1 and so on: the proofs of later words, in the order of the log.
void read_later_words(const std::string& file, const std::vector<std::string>& digests, const Trust& trust,
                      Evidence& evidence)
{
    std::map<std::string, StatusChange> last; // by entry's digest: what withdraws one is not undone by another
    for (int count = 0; count < max_words; ++count) {
        std::string name = file + ".status" + (count == 0 ? "" : "." + std::to_string(count));
        std::optional<ProofResult> word = read_beside(name, digests, trust);
        if (!word)
            break;
        // What cannot be proved takes back, and gives nothing back.
        if (word->change && word->evidence.answer == Evidence::Answer::absent && !word->change->withdraws())
            continue;
        if (!word->change) {
            evidence = {.answer = Evidence::Answer::contradicted,
                        .reason = "'" + name + "' proves no change of status: " + word->evidence.reason};
            return;
        }
        last.insert_or_assign(word->change->subject, *word->change);
    }
    for (const auto& [subject, change] : last)
        if (change.withdraws())
            evidence = {.answer = Evidence::Answer::absent,
                        .reason =
                            format_text("a statement beside it says that it is {}: {}", change.status, change.reason),
                        .withdrawn = change.status};
}

} // namespace

std::optional<Evidence> evidence_beside(const std::string& file, const std::string& sha256, const Policy& policy,
                                        CheckpointCache& checkpoints)
{
    const Trust trust{.policy = policy, .checkpoints = checkpoints};
    std::optional<ProofResult> proof = read_beside(file, {sha256}, trust);
    if (!proof)
        return std::nullopt;
    if (proof->change)
        proof = contradicted("the proof beside it records a change of status, not the file");
    if (proof->evidence.answer == Evidence::Answer::verified)
        read_later_words(file, {sha256, proof->made_from}, trust, proof->evidence);
    return std::move(proof->evidence);
}

} // namespace albs::notarize
