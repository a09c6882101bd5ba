// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/log/checkpoint.hpp"

#include <algorithm>
#include <charconv>

#include "albs/log/merkle.hpp"
#include "base/format.hpp"
#include "base/text.hpp"

namespace albs {
namespace {

constexpr std::string_view proof_header = "c2sp.org/tlog-proof@v1";
constexpr std::size_t max_hashes = 63;

tl::unexpected<Error> malformed_proof(std::string_view why)
{
    return fail(Kind::input, "not a tlog-proof: " + std::string(why));
}

} // namespace

Result<std::uint64_t> parse_decimal(std::string_view text)
{
    std::uint64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool plain = !text.empty() && (text == "0" || text.front() != '0');
    if (!plain || error != std::errc() || end != text.data() + text.size() || value > max_tree)
        return fail(Kind::input, "not a size: '" + std::string(text.substr(0, 40)) + "'");
    return value;
}

Result<Digest> parse_base64_digest(std::string_view text)
{
    ALBS_TRY(Bytes bytes, from_base64(text));
    return Digest::from_bytes(bytes);
}

std::string Checkpoint::text() const
{
    return format_text("{}\n{}\n{}\n", origin, size, to_base64(root.bytes()));
}

Result<Checkpoint> Checkpoint::parse(std::string_view text)
{
    auto origin = take_line(text);
    auto size = take_line(text);
    auto root = take_line(text);
    if (!origin || origin->empty() || !size || !root)
        return fail(Kind::input, "a checkpoint without origin, size and root");
    Checkpoint checkpoint{.origin = std::string(*origin), .size = 0, .root = {}};
    ALBS_TRY(checkpoint.size, parse_decimal(*size));
    ALBS_TRY(checkpoint.root, parse_base64_digest(*root));
    if (checkpoint.size == 0 && checkpoint.root != empty_root())
        return fail(Kind::input, "a checkpoint of size 0 without the root of the empty tree");
    while (!text.empty()) {
        auto extension = take_line(text);
        if (!extension || extension->empty())
            return fail(Kind::input, "a checkpoint with an empty extension line");
    }
    return checkpoint;
}

Result<Checkpoint> open_checkpoint(std::string_view note, const Vkey& log)
{
    ALBS_TRY(Note parsed, Note::parse(note));
    ALBS_CHECK(verify_note(parsed, log));
    ALBS_TRY(Checkpoint checkpoint, Checkpoint::parse(parsed.text));
    if (checkpoint.origin != log.name)
        return fail(Kind::trust,
                    format_text("the checkpoint is of the log '{}', not of '{}'", checkpoint.origin, log.name));
    return checkpoint;
}

std::string TlogProof::text() const
{
    std::string text = std::string(proof_header) + "\n";
    if (extra)
        text += "extra " + *extra + "\n";
    text += "index " + std::to_string(index) + "\n";
    for (const Digest& hash : hashes)
        text += to_base64(hash.bytes()) + "\n";
    return text + "\n" + checkpoint;
}

Result<TlogProof> TlogProof::parse(std::string_view text)
{
    TlogProof proof;
    auto line = take_line(text);
    if (!line || *line != proof_header)
        return malformed_proof("the first line is not '" + std::string(proof_header) + "'");
    line = take_line(text);
    if (line && line->starts_with("extra ")) {
        proof.extra = std::string(line->substr(6));
        if (proof.extra->empty() || !from_base64(*proof.extra))
            return malformed_proof("'extra' is not base64");
        line = take_line(text);
    }
    if (!line || !line->starts_with("index "))
        return malformed_proof("no line 'index'");
    ALBS_TRY(proof.index, parse_decimal(line->substr(6)));
    for (line = take_line(text); line && !line->empty(); line = take_line(text)) {
        ALBS_TRY(Digest hash, parse_base64_digest(*line));
        proof.hashes.push_back(hash);
        if (proof.hashes.size() > max_hashes)
            return malformed_proof("more than 63 hashes");
    }
    if (!line || text.empty())
        return malformed_proof("no checkpoint");
    proof.checkpoint = std::string(text);
    return proof;
}

} // namespace albs
