// SPDX-License-Identifier: GPL-3.0-or-later
#include "renew.hpp"

#include <set>

#include "albs/evidence/verify.hpp"
#include "albs/log/merkle.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "log_location.hpp"

namespace albs::notarize {
namespace {

/// Those of the log whose entry is not among DONE, each entry once and under its plain name.
std::vector<Notarization> once_each(const Manifest& manifest, const std::string& origin,
                                    std::set<std::int64_t> done)
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

} // namespace

std::vector<Notarization> unproved(const Manifest& manifest, const std::string& origin, const std::vector<Vkey>& keys)
{
    std::set<std::int64_t> proved;
    for (const Notarization& one : manifest.notarizations())
        if (one.log == origin && signer_among(one, keys) != nullptr)
            proved.insert(one.index);
    return once_each(manifest, origin, std::move(proved));
}

std::vector<Notarization> of_older_checkpoints(const Manifest& manifest, const LogView& log)
{
    std::set<std::int64_t> present;
    for (const Notarization& one : manifest.notarizations())
        if (one.proof.view().ends_with("\n" + log.note))
            present.insert(one.index);
    return once_each(manifest, log.checkpoint.origin, std::move(present));
}

Result<std::string> present_proof(const Notarization& notarization, LogView& log)
{
    auto index = static_cast<std::uint64_t>(notarization.index);
    if (notarization.index < 0 || index >= log.checkpoint.size)
        return fail(Kind::trust,
                    format_text("notarization '{}': the log has {} entries", notarization.id, log.checkpoint.size));
    ALBS_TRY(std::vector<Digest> hashes, make_inclusion_proof(index, log.checkpoint.size, log.tiles.nodes()));
    ALBS_TRY(Bytes entry, from_base64(notarization.entry));
    if (Status there = verify_inclusion(index, log.checkpoint.size, leaf_hash(as_text(entry)), hashes,
                                        log.checkpoint.root);
        !there)
        return fail(std::move(there).error(),
                    format_text("notarization '{}': the log has another entry in its place", notarization.id));
    return TlogProof{.extra = {}, .index = index, .hashes = std::move(hashes), .checkpoint = log.note}.text();
}

Status renew_proofs(const std::vector<Notarization>& list, LogView& log, Manifest& manifest)
{
    for (Notarization renewed : list) {
        ALBS_TRY(renewed.proof, present_proof(renewed, log));
        ALBS_CHECK(manifest.add(renewed));
    }
    return {};
}

Result<cli::Outcome> prove(const LogOptions& options, cli::Context& context, Manifest& manifest)
{
    ALBS_TRY(LogLocation place, log_place(ledger_path(options.ledger, context), options.timeout));
    ALBS_TRY(Policy policy, trusted_or_own(options.trust, place));
    ALBS_TRY(LogView log, open_log(options.trust, policy, place, context.dry_run()));
    std::vector<Notarization> list = of_older_checkpoints(manifest, log);
    if (!context.dry_run())
        ALBS_CHECK(renew_proofs(list, log, manifest));
    context.messages.note(format_text("{} {} proofs, to {} entries of '{}'",
                                      context.dry_run() ? "would renew" : "renewed", list.size(),
                                      log.checkpoint.size, log.checkpoint.origin));
    return cli::Outcome{};
}

} // namespace albs::notarize
