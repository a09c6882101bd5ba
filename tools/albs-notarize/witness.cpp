// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize witness: asks a witness (C2SP tlog-witness) to cosign the checkpoint. What it answers is kept only if
// it verifies.
#include "albs/hex.hpp"
#include "albs/ledger.hpp"
#include "http/transfer.hpp"
#include "options.hpp"
#include "sys/file.hpp"

namespace albs::notarize {
namespace {

Result<Vkey> witness_key(const Options& options)
{
    ALBS_TRY(std::string text, sys::read_file(options.witness_key, 4096));
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    ALBS_TRY(Vkey key, Vkey::parse(text));
    if (key.type != NoteKeyType::cosignature)
        return fail(Kind::input, "'" + options.witness_key + "' is not the key of a witness");
    return key;
}

Result<http::Answer> submit(Ledger& ledger, const std::string& url, std::uint64_t old_size)
{
    ALBS_TRY(std::vector<Digest> proof, ledger.consistency(old_size));
    std::string body = "old " + std::to_string(old_size) + "\n";
    for (const Digest& hash : proof)
        body += to_base64(hash.bytes()) + "\n";
    body += "\n" + ledger.checkpoint();
    return http::exchange(url + "/add-checkpoint", body, "text/plain; charset=utf-8");
}

std::string first_line(const std::string& text)
{
    return text.substr(0, std::min<std::size_t>(text.find('\n'), 200));
}

// From nothing, then from where the witness says that it is.
Result<std::string> ask(Ledger& ledger, const std::string& url)
{
    std::uint64_t old_size = 0;
    for (int round = 0; round < 3; ++round) {
        ALBS_TRY(http::Answer answer, submit(ledger, url, old_size));
        if (answer.status == 200)
            return answer.body;
        if (answer.status != 409)
            return fail(answer.status == 422 ? Kind::trust : Kind::input,
                        "the witness refused the checkpoint: HTTP status " + std::to_string(answer.status) + " " +
                            first_line(answer.body));
        ALBS_TRY(old_size, parse_decimal(first_line(answer.body)));
        if (old_size > ledger.size())
            return fail(Kind::trust, "the witness has seen " + std::to_string(old_size) +
                                         " entries, the ledger has only " + std::to_string(ledger.size()));
    }
    return fail(Kind::temporary, "the witness is busy with other checkpoints of this log");
}

} // namespace

Result<cli::Outcome> witness(const Options& options, cli::Context& context, Manifest&)
{
    if (context.operands.size() != 1)
        return fail(Kind::usage, "witness takes one URL", "albs-notarize witness --witness-key FILE URL");
    ALBS_TRY(Vkey key, witness_key(options));
    std::string url = context.operands.front();
    while (url.ends_with('/'))
        url.pop_back();
    if (context.dry_run()) {
        context.messages.note("would ask '" + url + "' to cosign the checkpoint");
        return cli::Outcome{.verdict = cli::Verdict::yes, .document = ""};
    }
    ALBS_TRY(Ledger ledger, Ledger::open(ledger_path(options, context)));
    ALBS_TRY(std::string answer, ask(ledger, url));
    std::vector<NoteSignature> lines;
    for (std::string_view rest = answer; !rest.empty();) {
        std::size_t end = std::min(rest.find('\n'), rest.size());
        ALBS_TRY(NoteSignature line, NoteSignature::parse(rest.substr(0, end)));
        lines.push_back(std::move(line));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    ALBS_CHECK(ledger.add_cosignatures(lines, key));
    context.messages.note("'" + key.name + "' cosigned " + std::to_string(ledger.size()) + " entries");
    return cli::Outcome{.verdict = cli::Verdict::yes, .document = ledger.checkpoint()};
}

} // namespace albs::notarize
