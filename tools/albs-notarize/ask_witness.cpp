// SPDX-License-Identifier: GPL-3.0-or-later
#include "ask_witness.hpp"

#include <algorithm>

#include "albs/log/merkle.hpp"
#include "base/bytes.hpp"
#include "base/time.hpp"
#include "http/library.hpp"

namespace albs::notarize {
namespace {

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
Result<std::string> ask(LogView& log, const std::string& url, std::uint64_t old_size, http::Options transfer)
{
    const std::int64_t end = monotonic_ms() + transfer.timeout_ms;
    for (int round = 0; round < 3; ++round) {
        if (transfer.timeout_ms > 0)
            transfer.timeout_ms = static_cast<long>(std::max<std::int64_t>(1, end - monotonic_ms()));
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

} // namespace

Result<std::vector<NoteSignature>> ask_witness(LogView& log, std::string url, const Vkey& key, std::uint64_t old_size,
                                               http::Options transfer)
{
    while (url.ends_with('/'))
        url.pop_back();
    ALBS_TRY(std::string answer, ask(log, url, old_size, std::move(transfer)));
    ALBS_TRY(std::vector<NoteSignature> lines, signature_lines(answer));
    ALBS_TRY(Note submitted, Note::parse(log.note));
    submitted.signatures = lines;
    ALBS_CHECK(verify_cosignature(submitted, key));
    std::erase_if(lines, [&](const NoteSignature& line) { return line.name != key.name || line.id != key.id(); });
    return lines;
}

} // namespace albs::notarize
