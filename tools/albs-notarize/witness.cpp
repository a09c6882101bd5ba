// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize witness: asks a witness (C2SP tlog-witness) to cosign the checkpoint. What it answers is kept only if
// it verifies.
#include "albs/ledger/ledger.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/view.hpp"
#include "base/bytes.hpp"
#include "base/format.hpp"
#include "http/library.hpp"
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

Result<http::Response> submit(LogView& log, const std::string& url, std::uint64_t old_size,
                              const http::Options& transfer)
{
    ALBS_TRY(std::vector<Digest> proof, make_consistency_proof(old_size, log.checkpoint.size, log.tiles.nodes()));
    std::string body = "old " + std::to_string(old_size) + "\n";
    for (const Digest& hash : proof)
        body += to_base64(hash.bytes()) + "\n";
    body += "\n" + log.note;
    return http::library().exchange(url + "/add-checkpoint", body, "text/plain; charset=utf-8", transfer);
}

std::string first_line(const std::string& text)
{
    return text.substr(0, std::min<std::size_t>(text.find('\n'), 200));
}

// From old_size, then from where the witness says that it is.
Result<std::string> ask(LogView& log, const std::string& url, std::uint64_t old_size, const http::Options& transfer)
{
    for (int round = 0; round < 3; ++round) {
        ALBS_TRY(http::Response answer, submit(log, url, old_size, transfer));
        if (answer.status == 200)
            return answer.body;
        if (answer.status != 409)
            return fail(answer.status == 422 ? Kind::trust : Kind::input,
                        "the witness refused the checkpoint: HTTP status " + std::to_string(answer.status) + " " +
                            first_line(answer.body));
        Result<std::uint64_t> seen = parse_decimal(first_line(answer.body));
        if (!seen)
            return fail(std::move(seen).error(), "the witness does not say how many entries it has seen");
        old_size = *seen;
        if (old_size > log.checkpoint.size)
            return fail(Kind::trust, "the witness has seen " + std::to_string(old_size) +
                                         " entries, the ledger has only " + std::to_string(log.checkpoint.size));
    }
    return fail(Kind::temporary, "the witness is busy with other checkpoints of this log");
}

Result<std::vector<NoteSignature>> signature_lines(const std::string& answer)
{
    std::vector<NoteSignature> lines;
    for (std::string_view rest = answer; !rest.empty();) {
        std::size_t end = std::min(rest.find('\n'), rest.size());
        Result<NoteSignature> line = NoteSignature::parse(rest.substr(0, end));
        if (!line)
            return fail(std::move(line).error(), "the witness answers with no cosignature");
        lines.push_back(std::move(*line));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return lines;
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
    submitted.signatures = lines;
    ALBS_CHECK(verify_cosignature(submitted, key));
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
    for (int round = 0; round < 3; ++round) {
        ALBS_TRY(LogView log, published(place));
        ALBS_TRY(std::string answer, ask(log, url, seen, transfer));
        ALBS_TRY(std::vector<NoteSignature> lines, signature_lines(answer));
        ALBS_TRY(std::string checkpoint, keep(place, log, lines, key));
        if (!checkpoint.empty())
            return checkpoint;
        seen = log.checkpoint.size;
    }
    return fail(Kind::temporary, "the ledger grows while the witness cosigns it");
}

} // namespace

Result<cli::Outcome> witness(const WitnessOptions& options, cli::Context& context, Manifest&)
{
    if (context.operands.size() != 1)
        return fail(Kind::usage, "witness takes one URL", "albs-notarize witness --witness-key FILE URL");
    ALBS_TRY(http::Options transfer, timeouts(options.timeout));
    ALBS_TRY(Vkey key, witness_key(options));
    std::string url = context.operands.front();
    while (url.ends_with('/'))
        url.pop_back();
    if (context.dry_run()) {
        context.messages.note("would ask '" + url + "' to cosign the checkpoint");
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
