// SPDX-License-Identifier: GPL-3.0-or-later
// The vectors of tests/vectors/ledger/notes.py: keys, notes, cosignatures, checkpoints and proofs, good and malformed.
#include <doctest/doctest.h>

#include <functional>

#include "albs/json/value.hpp"
#include "albs/log/checkpoint.hpp"
#include "albs/log/note.hpp"
#include "base/bytes.hpp"
#include "sys/file.hpp"
#include "unit/source_file.hpp"

using namespace albs;

namespace {

std::string member(const Json& vector, std::string_view name)
{
    const Json* found = vector.find(name);
    REQUIRE(found != nullptr);
    return *found->string();
}

// judge(vector, text) says whether we take it.
void check_all(const std::string& kind, std::size_t least,
               const std::function<bool(const Json&, const std::string&)>& judge)
{
    static const Json vectors = *read_json(*sys::read_file(source_file("tests/vectors/ledger/notes.json")));
    const Json::Array& cases = *vectors.find(kind)->elements();
    CHECK(cases.size() >= least);
    for (const Json& vector : cases) {
        std::string text(as_text(*from_base64(member(vector, "text"))));
        INFO(kind << ": " << member(vector, "name"));
        CHECK(judge(vector, text) == *vector.find("good")->boolean());
    }
}

} // namespace

TEST_CASE("note vectors: verifier keys")
{
    check_all("vkeys", 300, [](const Json&, const std::string& text) {
        Result<Vkey> key = Vkey::parse(text);
        CHECK((!key || key->text() == text));
        return key.has_value();
    });
}

TEST_CASE("note vectors: notes")
{
    check_all("notes", 100, [](const Json& vector, const std::string& text) {
        Result<Note> note = Note::parse(text);
        CHECK((!note || note->bytes() == text));
        return note && verify_note(*note, *Vkey::parse(member(vector, "vkey")));
    });
}

TEST_CASE("note vectors: cosignatures")
{
    check_all("cosignatures", 12, [](const Json& vector, const std::string& text) {
        Result<Note> note = Note::parse(text);
        if (!note)
            return false;
        Result<std::uint64_t> time = verify_cosignature(*note, *Vkey::parse(member(vector, "vkey")));
        CHECK((!time || std::to_string(*time) == member(vector, "time")));
        return time.has_value();
    });
}

TEST_CASE("note vectors: checkpoints")
{
    check_all("checkpoints", 35, [](const Json& vector, const std::string& text) {
        Result<Checkpoint> checkpoint = Checkpoint::parse(text);
        if (!checkpoint)
            return false;
        CHECK(text.starts_with(checkpoint->text()));
        return checkpoint->origin == member(vector, "origin") &&
               std::to_string(checkpoint->size) == member(vector, "size") &&
               checkpoint->root.hex() == member(vector, "root");
    });
}

TEST_CASE("note vectors: proofs")
{
    check_all("proofs", 20, [](const Json&, const std::string& text) {
        Result<TlogProof> proof = TlogProof::parse(text);
        CHECK((!proof || proof->text() == text));
        return proof.has_value();
    });
}
