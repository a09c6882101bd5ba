// SPDX-License-Identifier: GPL-3.0-or-later
// The tool's own job: every record of the manifest that the ledger does not have goes there, in one commit.
#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

#include "albs/evidence/trust.hpp"
#include "albs/evidence/verify.hpp"
#include "albs/ledger/ledger.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/view.hpp"
#include "albs/statement/binding.hpp"
#include "albs/statement/logged_statements.hpp"
#include "albs/statement/shared_form.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/status.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "ledger_writer.hpp"
#include "new_drafts.hpp"
#include "options.hpp"
#include "renew.hpp"
#include "said_tests.hpp"
#include "sys/parallel.hpp"

namespace albs::notarize {
namespace {

// A statement of the log with its proof, and what the manifest says of it.
struct Appended {
    Notarization named;
    LoggedEntry entry;
    Json statement;
};

// The ledger has the record, and its owner does not show what it says.
bool is_withheld(const RecordedStatement& recorded)
{
    return recorded.envelope.empty();
}

std::string entry_id(const std::string& origin, const RecordedStatement& recorded)
{
    return format_text("{}#{}", origin, recorded.index);
}

Result<Appended> appended_as(const Draft& draft, const RecordedStatement& recorded, const std::string& origin)
{
    Appended made{.named = {.id = entry_id(origin, recorded),
                            .about = draft.about,
                            .kind = draft.kind,
                            .subject = draft.subject,
                            .log = origin,
                            .index = static_cast<std::int64_t>(recorded.index)},
                  .entry = {.leaf = recorded.entry, .envelope = {}, .proofs = {}, .lacking = {}},
                  .statement = {}};
    ALBS_TRY(made.entry.envelope, read_envelope_line(recorded.envelope));
    ALBS_TRY(TlogProof proof, TlogProof::parse(recorded.proof));
    made.entry.proofs.push_back(std::move(proof));
    return made;
}

Result<cli::Outcome> say_what_would_be_done(LedgerWriter& place, cli::Context& context, const Manifest& manifest)
{
    ALBS_TRY(StatementSigner signer, place.expected_signer());
    ALBS_TRY(LogSettings settings, read_log_settings(place.directory()));
    ALBS_TRY(std::vector<Vkey> keys, vkeys_of(settings));
    ALBS_TRY(LogView log, LogView::open(fetch_from_directory(place.directory()), Policy::of(keys)));
    ALBS_TRY(Recorded recorded,
             recorded_already(manifest, {keys, log.checkpoint.size, log.tiles.nodes()}, context.jobs()));
    const std::vector<Draft> drafts = new_drafts(manifest, signer, recorded);
    for (const Draft& draft : drafts)
        ALBS_CHECK(place.check_accepted(signer.key, draft.statement));
    for (const Draft& draft : drafts)
        context.messages.note("would record " + draft.kind, draft.about);
    return cli::Outcome{};
}

// What the ledger itself proves; anything else is Kind::trust.
Status verify_own(const Ledger& ledger, Appended& made, CheckpointCache& checkpoints)
{
    ALBS_TRY(std::optional<VerifiedNotarization> verified,
             verify_notarization(made.entry, made.named, ledger.vkeys(), checkpoints));
    if (!verified)
        return never_signed(made.named);
    made.statement = std::move(verified->statement);
    return {};
}

// Entries that change the status of what the manifest names. Whoever records something else does not read them.
Result<std::set<std::uint64_t>> changes_about(Ledger& ledger, const std::vector<std::string>& digests)
{
    std::set<std::uint64_t> found;
    ALBS_TRY(std::vector<std::uint64_t> list, ledger.about(status_subject()));
    const std::set<std::uint64_t> changes(list.begin(), list.end());
    if (changes.empty())
        return found;
    for (const std::string& digest : digests) {
        ALBS_TRY(std::vector<std::uint64_t> entries, ledger.about(digest));
        std::copy_if(entries.begin(), entries.end(), std::inserter(found, found.end()),
                     [&](std::uint64_t entry) { return changes.contains(entry); });
    }
    return found;
}

// Changes of status of what the manifest names are added to it, so that offline verifiers see them.
Status bring_changes(Ledger& ledger, cli::Context& context, const Manifest& manifest, NotarizationWriter& writer)
{
    const std::vector<std::string> digests = digests_of(manifest);
    const std::set<std::string> wanted(digests.begin(), digests.end());
    ALBS_TRY(std::set<std::uint64_t> changes, changes_about(ledger, digests));
    CheckpointCache checkpoints(Policy::of(ledger.vkeys()));
    for (std::uint64_t index : changes) {
        ALBS_TRY(RecordedStatement recorded, ledger.recorded(index));
        if (is_withheld(recorded)) { // the owner may withhold what he likes; commits go on
            context.messages.warning(
                format_text("entry {} of the log changes the status of something in this manifest, and "
                            "its statement is withheld: the manifest does not get it",
                            index));
            continue;
        }
        Draft draft{.kind = std::string(status_kind), .about = {}, .subject = {}, .statement = {}};
        ALBS_TRY(Appended made, appended_as(draft, recorded, ledger.settings().origin));
        ALBS_CHECK(verify_own(ledger, made, checkpoints));
        Notarization& notarization = made.named;
        ALBS_TRY(notarization.subject, stated_subject(made.statement));
        notarization.about = notarization.subject;
        std::optional<StatusChange> change = status_of(made.statement);
        if (!change || !wanted.contains(notarization.about))
            continue;
        std::vector<const Notarization*> there = manifest.notarizations_about(notarization.about);
        bool known = std::any_of(there.begin(), there.end(),
                                 [&](const Notarization* one) { return one->id == notarization.id; });
        if (!known)
            ALBS_CHECK(writer.add(notarization, made.entry, made.statement));
        change->index = index;
        if (change->withdraws())
            context.messages.warning(change->text(), notarization.about);
    }
    return {};
}

// Proofs of before the last change of the log's key, which who has log.vkey cannot check; and those that witnesses did
// not see, where they are asked.
Status renew_unproved(const Ledger& ledger, const LedgerWriter& writer, Manifest& manifest)
{
    ALBS_TRY(Policy present, read_log_trust(writer.directory() + "/log.vkey"));
    const std::optional<Policy>& policy = writer.policy();
    ALBS_TRY(Note last, Note::parse(ledger.checkpoint()));
    bool is_witnessed = policy && policy->has_quorum(last); // no, where it may go on without
    const std::vector<Notarization> list = is_witnessed ? unproved(manifest, ledger.settings().origin, *policy)
                                                        : unproved(manifest, ledger.settings().origin, present);
    if (list.empty())
        return {};
    ALBS_TRY(LogView log, LogView::open(fetch_from_directory(writer.directory()), present));
    return renew_proofs(list, log, manifest);
}

} // namespace

Result<cli::Outcome> append(const LedgerOptions& options, cli::Context& context, Manifest& manifest)
{
    LedgerWriter place(options, context);
    ALBS_CHECK(place.prepare());
    if (context.dry_run())
        return say_what_would_be_done(place, context, manifest);
    std::optional<LedgerWriter::Waiting> waiting = place.leave_in_queue(manifest);
    ALBS_TRY(Ledger ledger, place.open());
    const std::uint64_t before = waiting ? waiting->size : ledger.size();
    waiting.reset(); // what was not taken along is recorded now
    // Made where there is none, since the times of this stage are remembered there for a re-run.
    ALBS_CHECK(context.workspace());
    ALBS_TRY(NodeSource there, ledger.nodes());
    ALBS_TRY(Recorded recorded,
             recorded_already(manifest, {ledger.vkeys(), ledger.size(), std::move(there)}, context.jobs()));
    std::vector<Draft> drafts = new_drafts(manifest, ledger.statement_signer(), std::move(recorded));
    ALBS_CHECK(say_tests_once(ledger, drafts));
    std::vector<Json> statements;
    for (const Draft& draft : drafts)
        statements.push_back(draft.statement);
    ALBS_TRY(std::vector<RecordedStatement> appended, place.commit(ledger, statements));
    std::vector<Appended> made(drafts.size());
    CheckpointCache checkpoints(Policy::of(ledger.vkeys()));
    Status proven = sys::for_each_parallel(drafts.size(), context.jobs(), [&](std::size_t i) -> Status {
        if (is_withheld(appended[i]))
            return {};
        ALBS_TRY(made[i], appended_as(drafts[i], appended[i], ledger.settings().origin));
        ALBS_CHECK(verify_own(ledger, made[i], checkpoints));
        return check_statement(manifest, made[i].named, made[i].statement);
    });
    ALBS_CHECK(std::move(proven));
    std::size_t fresh = 0;
    ALBS_TRY(NodeSource nodes, ledger.nodes());
    NotarizationWriter writer(manifest, ledger.settings().origin, std::move(nodes));
    std::size_t withheld = 0;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        if (is_withheld(appended[i])) {
            context.messages.warning(
                format_text("it was recorded as {}, whose statement is withheld: the manifest does "
                            "not get it",
                            entry_id(ledger.settings().origin, appended[i])),
                drafts[i].about);
            ++withheld;
            continue;
        }
        ALBS_CHECK(writer.add(made[i].named, made[i].entry, made[i].statement));
        context.messages.detail("recorded as " + made[i].named.id, made[i].named.about);
        fresh += appended[i].fresh || appended[i].index >= before ? 1 : 0;
    }
    ALBS_CHECK(bring_changes(ledger, context, manifest, writer));
    ALBS_CHECK(writer.finish());
    ALBS_CHECK(renew_unproved(ledger, place, manifest));
    context.messages.note(format_text("recorded {} statements in '{}', {} were there already; it has {} entries", fresh,
                                      ledger.settings().origin, drafts.size() - fresh, ledger.size()));
    return cli::Outcome{.verdict = withheld > 0 ? cli::Verdict::no : cli::Verdict::yes, .document = {}};
}

} // namespace albs::notarize
