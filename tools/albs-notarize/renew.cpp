// SPDX-License-Identifier: GPL-3.0-or-later
#include "renew.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "albs/evidence/verify.hpp"
#include "albs/log/merkle.hpp"
#include "albs/statement/shared_form.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "log_location.hpp"

namespace albs::notarize {
namespace {

/// Those of the log whose entry is not among DONE, each entry once and under its plain name.
std::vector<Notarization> once_each(const Manifest& manifest, const std::string& origin, std::set<std::int64_t> done)
{
    std::vector<Notarization> list;
    for (const Notarization& one : manifest.notarizations()) {
        if (one.log != origin || !done.insert(one.index).second)
            continue;
        list.push_back(one);
        list.back().id = format_text("{}#{}", origin, one.index);
    }
    return list;
}

// Of many records that stand on one checkpoint, its cosignatures are checked once.
class Quorums {
public:
    Quorums(const Policy& policy, std::optional<Seconds> now) : policy_(policy), now_(now) {}
    // A note that cannot be read is no matter of witnesses.
    bool has(const std::string& text)
    {
        if (policy_.quorum() == "none")
            return true;
        auto [known, is_new] = known_.try_emplace(text);
        if (is_new) {
            Result<Note> note = Note::parse(text);
            known->second = !note || (now_ ? policy_.shortfall(*note, *now_).empty() : policy_.has_quorum(*note));
        }
        return known->second;
    }

private:
    const Policy& policy_;
    std::optional<Seconds> now_;
    std::map<std::string, bool> known_;
};

// By one of the keys and with a quorum, whether or not it holds. What cannot be read is left to who verifies it.
bool is_proved(const LoggedEntries& entries, const Notarization& one, const std::vector<Vkey>& keys, Quorums& quorums)
{
    Result<LoggedEntry> entry = entries.of(one);
    return !entry || std::any_of(entry->proofs.begin(), entry->proofs.end(), [&](const TlogProof& proof) {
        return signer_among(one.log, proof, keys) != nullptr && quorums.has(proof.checkpoint);
    });
}

bool leads_to(const LoggedEntries& entries, const Notarization& one, const std::string& note)
{
    Result<LoggedEntry> entry = entries.of(one);
    return !entry || std::any_of(entry->proofs.begin(), entry->proofs.end(),
                                 [&](const TlogProof& proof) { return proof.checkpoint == note; });
}

} // namespace

std::vector<Notarization> unproved(const Manifest& manifest, const std::string& origin, const Policy& policy,
                                   std::optional<Seconds> now)
{
    const std::vector<Vkey> keys = policy.keys();
    Quorums quorums(policy, now);
    std::set<std::int64_t> proved;
    const LoggedEntries entries(manifest);
    for (const Notarization& one : manifest.notarizations())
        if (one.log == origin && is_proved(entries, one, keys, quorums))
            proved.insert(one.index);
    return once_each(manifest, origin, std::move(proved));
}

std::vector<Notarization> of_older_checkpoints(const Manifest& manifest, const LogView& log)
{
    std::set<std::int64_t> present;
    const LoggedEntries entries(manifest);
    for (const Notarization& one : manifest.notarizations())
        if (one.log == log.checkpoint.origin && leads_to(entries, one, log.note))
            present.insert(one.index);
    return once_each(manifest, log.checkpoint.origin, std::move(present));
}

Result<TlogProof> present_proof(const Notarization& notarization, std::string_view leaf, LogView& log)
{
    auto index = static_cast<std::uint64_t>(notarization.index);
    if (notarization.index < 0 || index >= log.checkpoint.size)
        return fail(Kind::trust,
                    format_text("notarization '{}': the log has {} entries", notarization.id, log.checkpoint.size));
    ALBS_TRY(std::vector<Digest> hashes, make_inclusion_proof(index, log.checkpoint.size, log.tiles.nodes()));
    if (Status there = verify_inclusion(index, log.checkpoint.size, leaf_hash(leaf), hashes, log.checkpoint.root);
        !there)
        return fail(std::move(there).error(),
                    format_text("notarization '{}': the log has another entry in its place", notarization.id));
    return TlogProof{.extra = {}, .index = index, .hashes = std::move(hashes), .checkpoint = log.note};
}

Status renew_proofs(const std::vector<Notarization>& list, LogView& log, Manifest& manifest)
{
    std::vector<LoggedEntry> read;
    {
        const LoggedEntries entries(manifest);
        for (const Notarization& one : list) {
            ALBS_TRY(LoggedEntry entry, entries.of(one));
            if (entry.leaf.empty())
                return fail(Kind::input, format_text("notarization '{}': {}", one.id, entry.lacking));
            ALBS_CHECK(present_proof(one, entry.leaf, log));
            read.push_back(std::move(entry));
        }
    }
    NotarizationWriter writer(manifest, log.checkpoint.origin, log.tiles.nodes());
    for (std::size_t i = 0; i < list.size(); ++i)
        ALBS_CHECK(writer.prove(list[i], read[i], log.note));
    return writer.finish();
}

Result<cli::Outcome> prove(const LogOptions& options, cli::Context& context, Manifest& manifest)
{
    ALBS_TRY(LogLocation place, log_place(ledger_path(options.ledger, context), options.timeout, copies_of(context)));
    ALBS_TRY(Policy policy, trusted_or_own(options.trust, place));
    ALBS_TRY(LogView log, open_log(options.trust, policy, place, context.dry_run()));
    std::vector<Notarization> list = of_older_checkpoints(manifest, log);
    if (!context.dry_run())
        ALBS_CHECK(renew_proofs(list, log, manifest));
    context.messages.note(format_text("{} {} proofs, to {} entries of '{}'",
                                      context.dry_run() ? "would renew" : "renewed", list.size(), log.checkpoint.size,
                                      log.checkpoint.origin));
    return cli::Outcome{};
}

} // namespace albs::notarize
