// SPDX-License-Identifier: GPL-3.0-or-later
// While another process has the ledger, what this one would record lies signed in the ledger's queue. Nothing is left
// there that this run would refuse to record at its turn.
#include "albs/log/directory.hpp"
#include "albs/log/view.hpp"
#include "albs/statement/leaf.hpp"
#include "ledger_writer.hpp"
#include "new_drafts.hpp"

namespace albs::notarize {

Result<LedgerWriter::Waiting> LedgerWriter::leave(const Manifest& manifest)
{
    ALBS_TRY(LogSettings settings, read_log_settings(directory_));
    ALBS_TRY(PrivateKey key,
             Ledger::statement_key(directory_, settings, options_.statement_key, passphrases_.ask_nobody()));
    ALBS_CHECK(context_.workspace());
    // What this machine remembers of the log may be more than what who has the lock remembers.
    ALBS_TRY(CheckpointMemory memory, CheckpointMemory::at(options_.remember));
    ALBS_CHECK(memory.prepare(settings.origin));
    ALBS_TRY(std::vector<Vkey> vkeys, vkeys_of(settings));
    ALBS_TRY(LogView view, LogView::open(fetch_from_directory(directory_), Policy::of(vkeys), memory));
    ALBS_TRY(Recorded recorded,
             recorded_already(manifest, {vkeys, view.checkpoint.size, view.tiles.nodes()}, context_.jobs()));
    const std::string signer = key.public_key().fingerprint().hex();
    const std::vector<Draft> drafts = new_drafts(manifest, {.key = signer, .origin = settings.origin}, recorded);
    if (drafts.size() > max_queued_entries) // before they are signed
        return fail(Kind::usage, "too much for the queue of a ledger");
    std::vector<JournalEntry> entries;
    for (const Draft& draft : drafts) {
        ALBS_CHECK(check_accepted(signer, draft.statement));
        ALBS_TRY(SignedStatement made, sign_statement(settings.profile, write_json(draft.statement), key));
        entries.push_back({.entry = std::move(made.entry), .envelope = made.envelope.line()});
    }
    ALBS_TRY(QueuedStatements left, QueuedStatements::leave(directory_, queue_terms(settings, policy_text_), entries));
    return Waiting{.statements = std::move(left), .size = view.checkpoint.size};
}

std::optional<LedgerWriter::Waiting> LedgerWriter::leave_in_queue(const Manifest& manifest)
{
    if (!is_locked(directory_))
        return std::nullopt;
    Result<Waiting> left = leave(manifest);
    if (left)
        return *std::move(left);
    context_.messages.detail("waits for the ledger without a place in its queue: " + left.error().message, directory_);
    return std::nullopt;
}

} // namespace albs::notarize
