// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "albs/audit/private_state.hpp"
#include "albs/ledger/index.hpp"
#include "albs/ledger/journal.hpp"
#include "albs/ledger/settings.hpp"
#include "albs/ledger/signed_checkpoints.hpp"
#include "albs/log/merkle.hpp"
#include "albs/log/remembered.hpp"
#include "sys/replace_file.hpp"
#include "unit/ledger/fixture.hpp"

using namespace albs;

namespace {

Frame frame_at(std::uint64_t first)
{
    return {.first = first, .entries = {{"leaf", "envelope"}, {"other", ""}}, .root = leaf_hash("r")};
}

struct Place {
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("journal-test");
    std::string path = directory.path() + "/file";
};

} // namespace

TEST_CASE("journal: frames there and back, cut or changed anywhere refused")
{
    std::string bytes = write_frame(frame_at(7));
    std::string_view rest = bytes;
    auto frame = take_frame(rest);
    REQUIRE(frame);
    CHECK(rest.empty());
    CHECK(frame->size_after() == 9);
    CHECK(frame->entries[1].entry == "other");
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string_view cut = std::string_view(bytes).substr(0, i);
        CHECK_FALSE(take_frame(cut));
        std::string bad = bytes;
        bad[i] = static_cast<char>(bad[i] ^ 1);
        std::string_view changed = bad;
        CHECK_FALSE(take_frame(changed));
    }
}

TEST_CASE("journal: appends are read again; a gap, a cut and a missing end are told apart")
{
    Place place;
    REQUIRE(Journal::create(place.path, {.size = 0, .root = empty_root(), .boot = boot_id()}));
    {
        auto journal = Journal::open(place.path, 0);
        REQUIRE(journal);
        REQUIRE(journal->append(frame_at(0)));
        REQUIRE(journal->append(frame_at(2)));
    }
    auto journal = Journal::open(place.path, 4);
    REQUIRE(journal);
    CHECK(journal->size() == 4);
    CHECK(journal->frames().size() == 2);
    CHECK(Journal::open(place.path, 5).error().kind == Kind::trust);
    std::string good = *sys::read_file(place.path);
    REQUIRE(sys::write_file(place.path, good + "torn"));
    CHECK(Journal::open(place.path, 4)->size() == 4);
    CHECK(*sys::read_file(place.path) == good);
    REQUIRE(sys::write_file(place.path, good + write_frame(frame_at(9))));
    CHECK(Journal::open(place.path, 4).error().message.find("a frame that starts at entry 9 after 4") !=
          std::string::npos);
    std::string bad = good;
    bad[150] = static_cast<char>(bad[150] ^ 1);
    CHECK_FALSE(read_journal(bad));
    CHECK_FALSE(read_journal(good.substr(0, 100)));
}

TEST_CASE("history: records, and a torn one at the end")
{
    Place place;
    CheckpointHistory history(place.path);
    REQUIRE(history.append(3, "note of 3\n"));
    std::uint64_t end = history.end();
    std::vector<std::uint64_t> sizes;
    auto remember = [&](std::uint64_t size, std::uint64_t) -> Status {
        sizes.push_back(size);
        return {};
    };
    REQUIRE(history.append(5, "note of 5\n"));
    CHECK(history.size() == 5);
    CHECK(*history.read(end) == "note of 5\n");
    std::string whole = *sys::read_file(place.path);
    REQUIRE(sys::write_file(place.path, whole.substr(0, whole.size() - 2)));
    CheckpointHistory torn(place.path);
    REQUIRE(torn.scan(0, remember));
    CHECK(torn.end() == end);
    CHECK(sizes == std::vector<std::uint64_t>{3});
    CHECK_FALSE(torn.read(end));
    REQUIRE(torn.append(4, "note of 4\n"));
    CHECK(*torn.read(end) == "note of 4\n");
}

TEST_CASE("ledger index: a file that is no index is made anew")
{
    Place place;
    REQUIRE(sys::write_file(place.path, std::string(5000, 'x')));
    auto index = LedgerIndex::open(place.path);
    REQUIRE(index);
    CHECK(*index->covered() == 0);
    Digest key = sha256("k");
    std::string subject = sha256("s").hex();
    REQUIRE(index->add({{.index = 4, .key = key, .subjects = {subject, subject}}}, 5));
    CHECK(*index->find(key) == 4U);
    CHECK(*index->about(subject) == std::vector<std::uint64_t>{4});
    CHECK_FALSE(index->find(sha256("other"))->has_value());
    REQUIRE(index->add_commit(5, 77));
    CHECK(*index->commit_after(4) == 77U);
    CHECK_FALSE(index->commit_after(5)->has_value());
    REQUIRE(index->clear());
    CHECK(*index->covered() == 0);
}

TEST_CASE("log settings: there and back")
{
    LogSettings settings{
        .origin = "o", .profile = Profile::raw, .created = "c", .vkeys = {"v"}, .statement_keys = {"k"}};
    auto read = LogSettings::parse(settings.text());
    REQUIRE(read);
    CHECK(read->text() == settings.text());
    settings.vkeys.clear();
    CHECK_FALSE(LogSettings::parse(settings.text()));
    CHECK_FALSE(LogSettings::parse("{}"));
    CHECK(read_log_settings("/nonexistent").error().kind == Kind::environment);
}

TEST_CASE("heads: only grow, and are of their log")
{
    ledger_test::SmallLedger small;
    const std::vector<Vkey> keys{small.vkey()};
    small.append(0, 2);
    std::string two = small.read("checkpoint");
    small.append(2, 2);
    CheckpointMemory memory = *CheckpointMemory::at(small.memory());
    auto head = memory.read("log.example.org", keys);
    REQUIRE(head);
    REQUIRE(head->has_value());
    CHECK((*head)->checkpoint.size == 4);
    REQUIRE(memory.keep({.checkpoint = *open_checkpoint(two, small.vkey()), .note = two}, keys, true));
    CHECK((*memory.read("log.example.org", keys))->checkpoint.size == 4);
    CHECK_FALSE(*memory.read("other.example.org", keys));
    CHECK(audit_state(small.path, Policy::of(small.vkey()), 4, {}).problems.empty());
}

TEST_CASE("heads: one for an origin, whatever key signed")
{
    ledger_test::SmallLedger small;
    small.append(0, 3);
    Vkey old_key = small.vkey();
    REQUIRE(small.open()->rotate_keys({}));
    REQUIRE(small.open()->drop_old_key());
    Vkey new_key = read_log_trust(small.path + "/log.vkey")->keys().front();
    CHECK(new_key.text() != old_key.text());
    CheckpointMemory memory = *CheckpointMemory::at(small.memory());
    CHECK((*memory.read("log.example.org", {new_key}))->checkpoint.size == 3);
    CHECK((*memory.read("log.example.org", {}))->checkpoint.size == 3);
    // What an older version remembered, by key.
    CheckpointMemory older = *CheckpointMemory::at(small.directory.path() + "/older");
    std::string note = small.read("checkpoint");
    REQUIRE(sys::make_directories(older.directory()));
    REQUIRE(sys::write_file(older.directory() + "/" + sha256(new_key.text()).hex(), note));
    CHECK((*older.read("log.example.org", {new_key}))->checkpoint.size == 3);
}

TEST_CASE("heads: a place that cannot be written to fails before a commit")
{
    ledger_test::SmallLedger small;
    small.append(0, 1);
    std::string file = small.directory.path() + "/file";
    REQUIRE(sys::write_file(file, "x"));
    auto ledger = Ledger::open(small.path, {}, file + "/below");
    CHECK(ledger.error().kind == Kind::environment);
    CHECK(small.open()->size() == 1);
}

TEST_CASE("heads: a false signature by a known key, another log's head and an emptied one are damage")
{
    ledger_test::SmallLedger small;
    small.append(0, 1);
    CheckpointMemory memory = *CheckpointMemory::at(small.memory());
    std::string path = memory.directory() + "/" + sha256("log.example.org").hex();
    std::string note = *sys::read_file(path);
    std::string other = note;
    other.replace(0, 3, "LOG");
    REQUIRE(sys::write_file(path, other));
    CHECK(memory.read("log.example.org", {small.vkey()}).error().kind == Kind::trust);
    PrivateKey key = *PrivateKey::generate(KeyType::ed25519);
    Checkpoint elsewhere{.origin = "other.example.org", .size = 1, .root = leaf_hash("x")};
    Note signed_there{.text = elsewhere.text(), .signatures = {*sign_note(elsewhere.text(), elsewhere.origin, key)}};
    REQUIRE(sys::write_file(path, signed_there.bytes()));
    CHECK(memory.read("log.example.org", {small.vkey()}).error().kind == Kind::trust);
    std::string forged = note;
    forged.replace(forged.find("\n1\n"), 3, "\n2\n");
    REQUIRE(sys::write_file(path, forged));
    CHECK(memory.read("log.example.org", {small.vkey()}).error().kind == Kind::trust);
    REQUIRE(sys::write_file(path, std::string(note.size(), '\0')));
    auto emptied = memory.read("log.example.org", {small.vkey()});
    REQUIRE_FALSE(emptied);
    CHECK(emptied.error().kind == Kind::environment);
}

TEST_CASE("replace file: whole or not at all")
{
    Place place;
    REQUIRE(sys::replace_file(place.directory.path() + "/new/file", "one"));
    REQUIRE(sys::write_at(place.directory.path() + "/new/file", 1, "two"));
    CHECK(*sys::read_file(place.directory.path() + "/new/file") == "otwo");
    REQUIRE(sys::sync_file(place.directory.path() + "/new/file"));
    CHECK_FALSE(sys::sync_file(place.directory.path() + "/none"));
}
