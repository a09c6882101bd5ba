// SPDX-License-Identifier: GPL-3.0-or-later
#include "rebuilder_statements.hpp"

#include <algorithm>

#include "albs/statement/leaf.hpp"
#include "albs/statement/logged_statements.hpp"
#include "albs/statement/statement.hpp"

namespace albs::notarize {

void RebuilderStatements::add(RebuildStatement statement)
{
    if (policy_.rebuilders().with_key(statement.signer) != nullptr &&
        places_.emplace(statement.log, statement.index).second)
        statements_.push_back(std::move(statement));
}

// Whoever takes something back is heard; not everybody may give it back.
void RebuilderStatements::add_change(const std::string& log, const StatusChange& change, bool is_accepted)
{
    if (!is_accepted && !change.withdraws())
        return;
    auto [place, is_new] = changes_.try_emplace({log, change.subject}, change);
    if (!is_new && place->second.index < change.index)
        place->second = change;
}

bool RebuilderStatements::is_withdrawn(const RebuildStatement& statement) const
{
    return std::any_of(statement.subjects.begin(), statement.subjects.end(), [&](const std::string& digest) {
        auto change = changes_.find({statement.log, digest});
        return change != changes_.end() && change->second.withdraws();
    });
}

Result<std::uint64_t> RebuilderStatements::add_log(LogView& log)
{
    const std::string& origin = log.checkpoint.origin;
    return for_each_statement(log, [&](const LoggedStatement& one) -> Status {
        ALBS_TRY(Json statement, read_json(one.envelope.payload));
        std::optional<StatusChange> change = status_of(statement);
        std::optional<RebuildStatement> rebuilt = rebuild_statement(statement);
        if (!change && !rebuilt)
            return {};
        ALBS_TRY(PublicKey key, check_leaf(one.entry, one.envelope));
        const std::string signer = key.fingerprint().hex();
        if (change) {
            change->index = one.index;
            add_change(origin, *change, policy_.accepts_statement(signer, status_kind));
            return {};
        }
        rebuilt->log = origin;
        rebuilt->index = one.index;
        rebuilt->signer = signer;
        add(*std::move(rebuilt));
        return {};
    });
}

Status RebuilderStatements::add_manifest(const Manifest& manifest, CheckpointCache& checkpoints)
{
    const LoggedEntries entries(manifest);
    const std::vector<Vkey> keys = policy_.keys();
    for (const Notarization& notarization : manifest.notarizations()) {
        if (notarization.kind != reproduction_kind && notarization.kind != status_kind)
            continue;
        ALBS_TRY(std::optional<VerifiedNotarization> verified,
                 verify_notarization(manifest, entries, notarization, keys, checkpoints));
        const std::string log(notarization.log);
        if (!verified) {
            ++unproved_;
            if (std::optional<StatusChange> claimed = claimed_change(entries, notarization))
                add_change(log, *claimed, false);
            continue;
        }
        const std::string unaccepted = why_not_accepted(*verified, policy_);
        if (std::optional<StatusChange> change = status_of(verified->statement)) {
            change->index = static_cast<std::uint64_t>(notarization.index);
            add_change(log, *change, unaccepted.empty());
        } else if (std::optional<RebuildStatement> rebuilt = rebuild_statement(verified->statement)) {
            rebuilt->log = log;
            rebuilt->index = static_cast<std::uint64_t>(notarization.index);
            rebuilt->signer = verified->signer;
            rebuilt->unaccepted = unaccepted;
            add(*std::move(rebuilt));
        }
    }
    return {};
}

} // namespace albs::notarize
