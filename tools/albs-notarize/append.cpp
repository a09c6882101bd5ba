// SPDX-License-Identifier: GPL-3.0-or-later
// The tool's own job: every record of the manifest that the ledger does not have goes there, in one commit.
#include <algorithm>
#include <optional>
#include <set>

#include "albs/evidence/trust.hpp"
#include "albs/evidence/verify.hpp"
#include "albs/ledger/ledger.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/view.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/status.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "log_location.hpp"
#include "options.hpp"
#include "passphrases.hpp"
#include "renew.hpp"
#include "sys/parallel.hpp"

namespace albs::notarize {
namespace {

std::string binding_of(const Json& statement)
{
    Result<Json> binding = stated_binding(statement);
    return binding ? canonical_json(*binding) : std::string();
}

// The ledger knows every key that it ever had.
tl::unexpected<Error> never_signed(const Notarization& notarization)
{
    return fail(Kind::trust, format_text("notarization '{}': this ledger never signed it", notarization.id));
}

// What the manifest's notarizations in this log say already. One that does not hold stops everything: a record made
// on top of it would give a changed manifest a fresh proof.
Result<std::set<std::string>> recorded_bindings(const Manifest& manifest, const std::vector<Vkey>& keys,
                                                std::size_t jobs)
{
    const std::vector<Notarization>& all = manifest.notarizations();
    std::vector<std::optional<std::string>> bindings(all.size());
    CheckpointCache checkpoints(keys);
    ALBS_CHECK(sys::for_each_parallel(all.size(), jobs, [&](std::size_t i) -> Status {
        ALBS_TRY(std::optional<VerifiedNotarization> verified,
                 verify_notarization(manifest, all[i], keys, checkpoints));
        if (verified)
            bindings[i] = binding_of(verified->statement);
        else if (all[i].log == keys.front().name)
            return never_signed(all[i]);
        return {};
    }));
    std::set<std::string> recorded;
    for (std::optional<std::string>& binding : bindings)
        if (binding)
            recorded.insert(std::move(*binding));
    return recorded;
}

std::vector<Draft> new_drafts(const Manifest& manifest, const StatementSigner& signer,
                              const std::set<std::string>& recorded)
{
    std::vector<Draft> drafts;
    for (Draft& draft : drafts_of(manifest, signer))
        if (!recorded.contains(binding_of(draft.statement)))
            drafts.push_back(std::move(draft));
    return drafts;
}

Result<Notarization> notarization_of(const Draft& draft, const RecordedStatement& appended, const std::string& origin)
{
    if (appended.envelope.empty())
        return fail(Kind::environment, "the statement of entry " + std::to_string(appended.index) + " is withheld",
                    "bring its line back into the ledger's attestations directory");
    ALBS_TRY(Json envelope, read_json(appended.envelope));
    return Notarization{.id = origin + "#" + std::to_string(appended.index),
                        .about = draft.about,
                        .kind = draft.kind,
                        .subject = draft.subject,
                        .log = origin,
                        .index = static_cast<std::int64_t>(appended.index),
                        .entry = to_base64(appended.entry),
                        .proof = appended.proof,
                        .envelope = std::move(envelope)};
}

Result<cli::Outcome> say_what_would_be_done(const std::string& directory, cli::Context& context,
                                            const Manifest& manifest)
{
    ALBS_TRY(LogSettings settings, read_log_settings(directory));
    std::vector<Vkey> keys;
    for (const std::string& text : settings.vkeys) {
        ALBS_TRY(Vkey key, Vkey::parse(text));
        keys.push_back(std::move(key));
    }
    ALBS_TRY(std::set<std::string> recorded, recorded_bindings(manifest, keys, context.jobs()));
    ALBS_TRY(Bytes spki, from_base64(settings.statement_keys.front()));
    StatementSigner signer{.key = sha256(spki).hex(), .origin = settings.origin};
    for (const Draft& draft : new_drafts(manifest, signer, recorded))
        context.messages.note("would record " + draft.kind, draft.about);
    return cli::Outcome{};
}

// What the ledger itself proves; anything else is Kind::trust.
Result<VerifiedNotarization> verify_own(const Ledger& ledger, const Notarization& notarization,
                                        CheckpointCache& checkpoints)
{
    ALBS_TRY(std::optional<VerifiedNotarization> verified,
             verify_notarization(notarization, ledger.vkeys(), checkpoints));
    if (!verified)
        return never_signed(notarization);
    return *std::move(verified);
}

// Changes of status of what the manifest names are added to it, so that offline verifiers see them.
Status bring_changes(Ledger& ledger, cli::Context& context, Manifest& manifest)
{
    ALBS_TRY(std::vector<std::uint64_t> changes, ledger.about(status_subject()));
    std::vector<std::string> digests = changes.empty() ? std::vector<std::string>() : digests_of(manifest);
    std::set<std::string> wanted(digests.begin(), digests.end());
    CheckpointCache checkpoints(ledger.vkeys());
    for (std::uint64_t index : changes) {
        ALBS_TRY(RecordedStatement recorded, ledger.recorded(index));
        Draft draft{.kind = std::string(status_kind), .about = {}, .subject = {}, .statement = {}};
        ALBS_TRY(Notarization notarization, notarization_of(draft, recorded, ledger.settings().origin));
        ALBS_TRY(VerifiedNotarization verified, verify_own(ledger, notarization, checkpoints));
        ALBS_TRY(notarization.subject, stated_subject(verified.statement));
        notarization.about = notarization.subject;
        std::optional<StatusChange> change = status_of(verified.statement);
        if (!change || !wanted.contains(notarization.about))
            continue;
        std::vector<const Notarization*> there = manifest.notarizations_about(notarization.about);
        bool known = std::any_of(there.begin(), there.end(),
                                 [&](const Notarization* one) { return one->id == notarization.id; });
        if (!known)
            ALBS_CHECK(manifest.add(notarization));
        change->index = index;
        if (change->withdraws())
            context.messages.warning(change->text(), notarization.about);
    }
    return {};
}

// Proofs of before the last change of the log's key, which who has log.vkey cannot check.
Status renew_unproved(const Ledger& ledger, const std::string& directory, Manifest& manifest)
{
    ALBS_TRY(LogTrust present, read_log_trust(directory + "/log.vkey"));
    const std::vector<Notarization> list = unproved(manifest, ledger.settings().origin, present.keys);
    if (list.empty())
        return {};
    ALBS_TRY(LogView log, LogView::open(fetch_from_directory(directory), Policy::of(present.keys)));
    return renew_proofs(list, log, manifest);
}

} // namespace

Result<cli::Outcome> append(const LedgerOptions& options, cli::Context& context, Manifest& manifest)
{
    std::string directory = ledger_path(options.ledger, context);
    if (context.dry_run())
        return say_what_would_be_done(directory, context, manifest);
    Passphrases passphrases(options.passphrase_fd);
    ALBS_TRY(Ledger ledger, Ledger::open(directory, passphrases.ask(), options.remember));
    // Made where there is none, since the times of this stage are remembered there for a re-run.
    ALBS_CHECK(context.workspace());
    ALBS_TRY(std::set<std::string> recorded, recorded_bindings(manifest, ledger.vkeys(), context.jobs()));
    std::vector<Draft> drafts = new_drafts(manifest, ledger.statement_signer(), recorded);
    std::vector<Json> statements;
    for (const Draft& draft : drafts)
        statements.push_back(draft.statement);
    ALBS_TRY(std::vector<RecordedStatement> appended, ledger.append(statements));
    std::vector<Notarization> made(drafts.size());
    CheckpointCache checkpoints(ledger.vkeys());
    Status proven = sys::for_each_parallel(drafts.size(), context.jobs(), [&](std::size_t i) -> Status {
        ALBS_TRY(made[i], notarization_of(drafts[i], appended[i], ledger.settings().origin));
        ALBS_TRY(VerifiedNotarization verified, verify_own(ledger, made[i], checkpoints));
        return check_statement(manifest, made[i], verified.statement);
    });
    ALBS_CHECK(std::move(proven));
    std::size_t fresh = 0;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        ALBS_CHECK(manifest.add(made[i]));
        context.messages.detail("recorded as " + made[i].id, made[i].about);
        fresh += appended[i].fresh ? 1 : 0;
    }
    ALBS_CHECK(bring_changes(ledger, context, manifest));
    ALBS_CHECK(renew_unproved(ledger, directory, manifest));
    context.messages.note(format_text("recorded {} statements in '{}', {} were there already; it has {} entries", fresh,
                                      ledger.settings().origin, drafts.size() - fresh, ledger.size()));
    return cli::Outcome{};
}

} // namespace albs::notarize
