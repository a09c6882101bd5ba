// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize witness: asks a witness (C2SP tlog-witness) to cosign the checkpoint. What it answers is kept only if
// it verifies.
#include "ask_witness.hpp"

#include "albs/ledger/ledger.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/view.hpp"
#include "base/format.hpp"
#include "base/time.hpp"
#include "log_location.hpp"
#include "passphrases.hpp"
#include "sys/file.hpp"

namespace albs::notarize {
namespace {

Result<Vkey> witness_key(const WitnessOptions& options)
{
    ALBS_TRY(std::string text, sys::read_file(options.witness_key, 4096));
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    ALBS_TRY(Vkey key, Vkey::parse(text));
    if (key.type != NoteKeyType::cosignature)
        return fail(Kind::input, "'" + options.witness_key + "' is not the key of a witness");
    return key;
}

/// The ledger, to be opened twice.
struct LedgerPlace {
    std::string directory;
    std::string remember;
    Passphrases& passphrases;

    Result<Ledger> open() const { return Ledger::open(directory, passphrases.ask(), remember); }
};

// What is submitted: an interrupted commit is finished first, and the ledger checked.
Result<LogView> published(const LedgerPlace& place)
{
    ALBS_TRY(Ledger ledger, place.open());
    ALBS_CHECK(ledger.publish());
    return LogView::open(fetch_from_directory(place.directory), Policy::of(ledger.vkey()));
}

// The checkpoint with the lines; empty when the ledger has another one by now.
Result<std::string> keep(const LedgerPlace& place, const LogView& log, const std::vector<NoteSignature>& lines,
                         const Vkey& key)
{
    ALBS_TRY(Note submitted, Note::parse(log.note));
    ALBS_TRY(Ledger ledger, place.open());
    ALBS_TRY(Note present, Note::parse(ledger.checkpoint()));
    if (present.text != submitted.text)
        return std::string();
    ALBS_CHECK(ledger.add_cosignatures(lines, key));
    return ledger.checkpoint();
}

// The ledger's lock is not held while the witness thinks: writers need not wait for one that never answers.
Result<std::string> cosign(const LedgerPlace& place, const std::string& url, const Vkey& key,
                           const http::Options& transfer)
{
    std::uint64_t seen = 0;
    const std::int64_t until = monotonic_ms() + transfer.timeout_ms;
    do {
        ALBS_TRY(LogView log, published(place));
        Result<std::vector<NoteSignature>> lines = ask_witness(log, url, key, seen, transfer);
        if (!lines)
            return fail(std::move(lines).error(), "'" + key.name + "'");
        ALBS_TRY(std::string checkpoint, keep(place, log, *lines, key));
        if (!checkpoint.empty())
            return checkpoint;
        seen = log.checkpoint.size;
    } while (monotonic_ms() < until);
    return fail(Kind::temporary, "the ledger grows while the witness cosigns it");
}

} // namespace

Result<cli::Outcome> witness(const WitnessOptions& options, cli::Context& context, Manifest&)
{
    if (context.operands.size() != 1)
        return fail(Kind::usage, "witness takes one URL", "albs-notarize witness --witness-key FILE URL");
    ALBS_TRY(http::Options transfer, timeouts(options.ledger.timeout));
    ALBS_TRY(Vkey key, witness_key(options));
    const std::string& url = context.operands.front();
    if (!url.starts_with("http://") && !url.starts_with("https://"))
        return fail(Kind::usage, "'" + url + "' is not the address of a witness", "https://HOST/PATH");
    if (context.dry_run()) {
        ALBS_TRY(LogSettings settings, read_log_settings(ledger_path(options.ledger.ledger, context)));
        context.messages.note(format_text("would ask '{}' to cosign the checkpoint of '{}'", url, settings.origin));
        return cli::Outcome{.verdict = cli::Verdict::yes, .document = ""};
    }
    Passphrases passphrases(options.ledger.passphrase_fd);
    const LedgerPlace place{.directory = ledger_path(options.ledger.ledger, context),
                            .remember = options.ledger.remember,
                            .passphrases = passphrases};
    ALBS_TRY(std::string checkpoint, cosign(place, url, key, transfer));
    ALBS_TRY(Note note, Note::parse(checkpoint));
    ALBS_TRY(Checkpoint cosigned, Checkpoint::parse(note.text));
    context.messages.note(format_text("'{}' cosigned {} entries", key.name, cosigned.size));
    return cli::Outcome{.verdict = cli::Verdict::yes, .document = std::move(checkpoint)};
}

} // namespace albs::notarize
