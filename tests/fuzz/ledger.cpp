// SPDX-License-Identifier: GPL-3.0-or-later
// The readers of the ledger's formats. Whatever is accepted must come out as it went in: two spellings of one proof are
// a way to make two proofs.
//
// FUZZ_TARGET names one of them (tests/fuzz/run.sh runs each); without it, all. Without libFuzzer
// tests/ledger/mutate.cpp drives it.
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "albs/crypto/dsse.hpp"
#include "albs/formats/sigstore.hpp"
#include "albs/ledger/journal.hpp"
#include "albs/log/checkpoint.hpp"
#include "albs/log/merkle.hpp"
#include "albs/log/note.hpp"
#include "albs/log/policy.hpp"
#include "albs/log/tile.hpp"
#include "albs/statement/leaf.hpp"
#include "base/bytes.hpp"

using namespace albs;

namespace {

void must(bool holds)
{
    if (!holds)
        std::abort();
}

void same(std::string_view written, std::string_view read)
{
    must(written == read);
}

// The bytes as the only tile of a log: with the root of its hashes it is read, with any other it is not.
void one_tile(std::string_view bytes)
{
    CompactRange range;
    for (std::size_t at = 0; at + Digest::size <= bytes.size() && range.size() < tile_width - 1; at += Digest::size)
        range.append(*Digest::from_bytes(as_bytes(bytes.substr(at, Digest::size))));
    auto fetch = [&](const std::string&) -> Result<std::string> { return std::string(bytes); };
    Result<TileReader> reader = TileReader::open(fetch, range.size(), range.root());
    must(reader.has_value() == (bytes.size() == range.size() * Digest::size || range.size() == 0));
    Digest another = node_hash(range.root(), range.root());
    must(range.size() == 0 || !TileReader::open(fetch, range.size(), another));
    for (std::uint64_t i = 0; reader && i < range.size(); ++i)
        same(as_text(reader->node({0, i})->bytes()), bytes.substr(i * Digest::size, Digest::size));
    if (reader && range.size() > 0)
        must(!reader->bundle(0)); // its leaves would have to hash to themselves
}

void journal(std::string_view text)
{
    if (auto view = read_journal(text)) {
        must(view->good_bytes <= text.size());
        // What is good is good without what is torn.
        must(read_journal(text.substr(0, view->good_bytes))->frames.size() == view->frames.size());
    }
    std::string_view rest = text;
    if (auto frame = take_frame(rest))
        same(write_frame(*frame), text.substr(0, text.size() - rest.size()));
}

// What our own writer makes is read without the JSON reader, which must read the same out of it. A space before it is
// for the JSON reader only; two where one would make it as long as Sigsum's leaf.
void leaf(std::string_view text)
{
    constexpr std::size_t sigsum_leaf = 128;
    Result<Digest> key = leaf_key(text);
    if (key && text.size() != sigsum_leaf) {
        Result<Digest> again = leaf_key(std::string(text.size() + 1 == sigsum_leaf ? 2 : 1, ' ').append(text));
        must(again && *again == *key);
    }
    if (auto json = read_json(text)) {
        (void)read_sigstore_bundle(*json);
        if (auto envelope = Envelope::from(*json))
            (void)check_leaf(text, *envelope);
    }
}

void envelope(std::string_view text)
{
    std::optional<Envelope> written = Envelope::from_written(text);
    if (!written)
        return;
    same(written->line(), text);
    Result<Json> json = read_json(text);
    Result<Envelope> read = json ? Envelope::from(*json) : Result<Envelope>(tl::unexpected(json.error()));
    must(read && read->payload == written->payload && read->payload_type == written->payload_type &&
         read->signature == written->signature && read->keyid == written->keyid);
}

} // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    static const char* chosen = std::getenv("FUZZ_TARGET");
    std::string_view text(reinterpret_cast<const char*>(data), size);
    auto on = [&](const char* name) { return chosen == nullptr || std::strcmp(chosen, name) == 0; };
    if (on("note"))
        if (auto note = Note::parse(text))
            same(note->bytes(), text);
    if (on("checkpoint"))
        if (auto checkpoint = Checkpoint::parse(text))
            same(checkpoint->text(), text.substr(0, checkpoint->text().size()));
    if (on("proof"))
        if (auto proof = TlogProof::parse(text))
            same(proof->text(), text);
    if (on("vkey"))
        if (auto vkey = Vkey::parse(text))
            same(vkey->text(), text);
    if (on("path"))
        if (auto path = TilePath::parse(text))
            same(path->text(), text);
    if (on("tile"))
        one_tile(text);
    if (on("bundle"))
        for (std::uint64_t count : {1U, 2U, 6U, 256U})
            if (auto entries = read_bundle(text, count))
                same(*write_bundle(*entries), text);
    if (on("journal"))
        journal(text);
    if (on("policy"))
        (void)Policy::parse(text);
    if (on("leaf"))
        leaf(text);
    if (on("envelope"))
        envelope(text);
    return 0;
}
