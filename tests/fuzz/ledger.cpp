// SPDX-License-Identifier: GPL-3.0-or-later
// The readers of the ledger's formats. Whatever is accepted must come out as it went in: two spellings of one proof are
// a way to make two proofs.
//
// FUZZ_TARGET names one of them. Without libFuzzer tests/ledger/mutate.cpp drives it.
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "albs/checkpoint.hpp"
#include "albs/dsse.hpp"
#include "albs/journal.hpp"
#include "albs/leaf.hpp"
#include "albs/note.hpp"
#include "albs/policy.hpp"
#include "albs/tile.hpp"

using namespace albs;

namespace {

void same(std::string_view written, std::string_view read)
{
    if (written != read)
        std::abort();
}

} // namespace

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
    if (on("tile"))
        if (auto path = TilePath::parse(text))
            same(path->text(), text);
    if (on("bundle"))
        for (std::uint64_t count : {1, 2, 256})
            if (auto entries = read_bundle(text, count))
                same(*write_bundle(*entries), text);
    if (on("journal")) {
        (void)read_journal(text);
        std::string_view rest = text;
        if (auto frame = take_frame(rest))
            same(write_frame(*frame), text.substr(0, text.size() - rest.size()));
    }
    if (on("policy"))
        (void)Policy::parse(text);
    if (on("leaf")) {
        (void)leaf_key(text);
        if (auto json = read_json(text))
            if (auto envelope = Envelope::from(*json))
                (void)check_leaf(text, *envelope);
    }
    return 0;
}
