// SPDX-License-Identifier: GPL-3.0-or-later
// Attacks on a log that no other test makes; tests/ledger/README.md says where each one is tried.
#include "unit/ledger/fixture.hpp"

#include <filesystem>

#include "albs/audit/audit.hpp"
#include "albs/ledger/settings.hpp"
#include "albs/ledger/writer.hpp"
#include "albs/log/directory.hpp"
#include "albs/log/merkle.hpp"
#include "albs/statement/leaf.hpp"
#include "base/bytes.hpp"

using namespace albs;
using ledger_test::SmallLedger;
using ledger_test::statement;

namespace {

std::vector<std::string> problems_of(const SmallLedger& small)
{
    return audit_log(fetch_from_directory(small.path), Policy::of(small.vkey()), small.path)->problems;
}

} // namespace

TEST_CASE("attack: an inner node is no leaf, and two short texts are not one long one")
{
    Digest a = leaf_hash("a");
    Digest b = leaf_hash("b");
    std::string both = std::string(as_text(a.bytes())) + std::string(as_text(b.bytes()));
    CHECK(leaf_hash(both) != node_hash(a, b));
    CHECK_FALSE(verify_inclusion(0, 1, leaf_hash(both), {}, node_hash(a, b)));
    CHECK(pre_authentication_encoding("ab", "c") != pre_authentication_encoding("a", "bc"));
    CHECK(pre_authentication_encoding("a", "b 1 c") != pre_authentication_encoding("a b", "1 c"));
}

TEST_CASE("attack: the proof and the leaf of another entry")
{
    SmallLedger small;
    std::vector<RecordedStatement> all = small.append(0, 7);
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t k = 0; k < all.size(); ++k) {
            TlogProof proof = *TlogProof::parse(all[k].proof);
            Checkpoint checkpoint = *open_checkpoint(proof.checkpoint, small.vkey());
            bool in =
                verify_inclusion(proof.index, checkpoint.size, leaf_hash(all[i].entry), proof.hashes, checkpoint.root)
                    .has_value();
            CHECK(in == (i == k));
            Envelope envelope = *Envelope::from(*read_json(all[k].envelope));
            CHECK(check_leaf(all[i].entry, envelope).has_value() == (i == k));
        }
}

TEST_CASE("attack: a signature line again and again")
{
    SmallLedger small;
    small.append(0, 1);
    std::string note = small.read("checkpoint");
    std::string line = note.substr(note.find("\n\n") + 2);
    CHECK(open_checkpoint(note + line, small.vkey()));
    // A quorum of two is not reached by one log that signs twice, whatever its name.
    auto policy = Policy::parse("log " + small.vkey().text() + "\nquorum none\n");
    REQUIRE(policy);
    CHECK(policy->open(note + line));
    for (int i = 0; i < 100; ++i)
        note += line;
    CHECK_FALSE(open_checkpoint(note, small.vkey()));
}

TEST_CASE("attack: the hint of a proof is not believed")
{
    SmallLedger small(Profile::raw);
    std::vector<RecordedStatement> all = small.append(0, 2);
    TlogProof proof = *TlogProof::parse(all[0].proof);
    proof.extra = "AAAA";
    CHECK(TlogProof::parse(proof.text()));
    proof.extra = std::string(2'000'000, 'A');
    auto read = TlogProof::parse(proof.text());
    CHECK((!read || read->checkpoint == proof.checkpoint));
}

TEST_CASE("attack: an entry twice is told by the audit")
{
    SmallLedger small;
    std::vector<RecordedStatement> all = small.append(0, 1);
    Checkpoint one = *open_checkpoint(small.read("checkpoint"), small.vkey());
    // Who has the keys can do it: the tree, the journal's frame and the checkpoint are in order.
    auto writer = LogWriter::at(small.path, one.size, one.root);
    REQUIRE(writer);
    Frame frame{.first = 1, .entries = {{.entry = all[0].entry, .envelope = all[0].envelope}}, .root = {}};
    frame.root = writer->root_with(frame.entries);
    REQUIRE(writer->add(frame));
    REQUIRE(writer->flush());
    PrivateKey key = *PrivateKey::from_pem(small.read(".state/log.key"));
    Checkpoint two{.origin = one.origin, .size = 2, .root = frame.root};
    Note note{.text = two.text(), .signatures = {*sign_note(two.text(), one.origin, key)}};
    small.write("checkpoint", note.bytes());
    std::vector<std::string> problems = problems_of(small);
    REQUIRE_FALSE(problems.empty());
    CHECK(problems.front() == "entry 1: repeats entry 0");
}

TEST_CASE("attack: a statement by a key that the log does not name is told by the audit")
{
    SmallLedger small;
    small.append(0, 1);
    LogSettings settings = *read_log_settings(small.path);
    settings.statement_keys = {to_base64(PrivateKey::generate(KeyType::p256)->public_key().spki())};
    small.write("log.json", settings.text());
    CHECK(ledger_test::public_audit_of(small).problems ==
          std::vector<std::string>{"statement 0: signed by a key that log.json does not name"});
}

TEST_CASE("attack: a flipped bit between the tree and the disk is found before anything is signed")
{
    SmallLedger small;
    std::vector<RecordedStatement> all = small.append(0, 3);
    Checkpoint checkpoint = *open_checkpoint(small.read("checkpoint"), small.vkey());
    auto writer = LogWriter::at(small.path, 3, checkpoint.root);
    REQUIRE(writer);
    Frame frame{.first = 3, .entries = {{.entry = "an entry", .envelope = ""}}, .root = {}};
    frame.root = writer->root_with({{.entry = "an entrz", .envelope = ""}});
    CHECK_FALSE(writer->add(frame));
    auto again = LogWriter::at(small.path, 3, checkpoint.root);
    REQUIRE(again);
    frame.root = again->root_with(frame.entries);
    REQUIRE(again->add(frame));
    REQUIRE(again->flush());
    CHECK(again->read_back(3));
    std::string bundle = small.read("tile/entries/000.p/4");
    bundle.back() = static_cast<char>(bundle.back() ^ 4);
    small.write("tile/entries/000.p/4", bundle);
    CHECK_FALSE(again->read_back(3));
}

TEST_CASE("attack: symbolic links are not followed, neither to read nor to write")
{
    SmallLedger small;
    small.append(0, 3);
    std::string victim = small.directory.path() + "/victim";
    REQUIRE(sys::write_file(victim, "precious"));
    std::string tile = small.path + "/tile/0/000.p/3";
    std::filesystem::copy_file(tile, victim + ".tile");
    std::filesystem::remove(tile);
    std::filesystem::create_symlink(victim + ".tile", tile);
    CHECK_FALSE(problems_of(small).empty());
    std::filesystem::remove(tile);
    std::filesystem::rename(victim + ".tile", tile);
    CHECK(problems_of(small).empty());
    std::filesystem::create_symlink(victim, small.path + "/checkpoint.tmp");
    auto ledger = small.open();
    REQUIRE(ledger);
    CHECK_FALSE(ledger->append({statement(9)}));
    CHECK(*sys::read_file(victim) == "precious");
    std::filesystem::remove(small.path + "/checkpoint.tmp");
    ledger = tl::unexpected(Error{});
    CHECK_FALSE(small.append(9, 1)[0].fresh); // it was committed, and not yet published
    CHECK(problems_of(small).empty());
}

TEST_CASE("attack: inputs beyond every limit")
{
    SmallLedger raw(Profile::raw);
    auto ledger = raw.open();
    REQUIRE(ledger);
    Json large = statement(1);
    large.set("predicate", Json::object({{"text", std::string(70000, 'x')}}));
    auto appended = ledger->append({statement(0), large});
    REQUIRE_FALSE(appended);
    CHECK(appended.error().kind == Kind::input);
    CHECK(ledger->size() == 0);
    CHECK(ledger->append({statement(0)}));
    ledger = tl::unexpected(Error{});
    std::string tile = raw.read("tile/0/000.p/1");
    raw.write("tile/0/000.p/1", tile + std::string(1, '\0'));
    CHECK_FALSE(problems_of(raw).empty());
    raw.write("tile/0/000.p/1", tile);
    raw.write("checkpoint", std::string(2'000'000, 'a'));
    CHECK_FALSE(raw.open());
    CHECK(TileReader::open(fetch_from_directory(raw.path), ~std::uint64_t{0}, empty_root()).error().kind ==
          Kind::trust);
    CHECK_FALSE(read_journal(std::string(124, 'x')));
    // A writer records no more than a reader takes.
    auto writer = LogWriter::at(raw.path, 0, empty_root());
    REQUIRE(writer);
    const JournalEntry half{.entry = "x", .envelope = std::string(max_statements_bytes / 2, 'x')};
    CHECK(writer->check_room({half}));
    Status refused = writer->check_room({half, half});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == Kind::input);
    std::vector<JournalEntry> two_bundles(tile_width + 1, {.entry = "x", .envelope = "x"});
    two_bundles.front() = two_bundles.back() = half;
    CHECK(writer->check_room(two_bundles));
}
