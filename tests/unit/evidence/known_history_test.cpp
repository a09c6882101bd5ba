// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/known_history.hpp"

#include "albs/log/directory.hpp"
#include "unit/evidence/fixture.hpp"
#include "unit/ledger/fixture.hpp"

using evidence_test::Fixture;

namespace {

Checkpoint forked(Checkpoint checkpoint)
{
    checkpoint.root = sha256("another tree");
    return checkpoint;
}

Checkpoint present(const Fixture& f)
{
    return LogView::open(fetch_from_directory(f.path), f.trust)->checkpoint;
}

bool is_of_history(const Result<std::string>& held)
{
    return held && held->empty();
}

void append_one(const Fixture& f, int number)
{
    auto ledger = Ledger::open(f.path);
    REQUIRE(ledger);
    REQUIRE(ledger->append({ledger_test::statement(number)}));
}

} // namespace

TEST_CASE("known history: every checkpoint that was remembered, not only the last")
{
    Fixture f;
    const Checkpoint first = present(f);
    append_one(f, 1);
    append_one(f, 2);
    const Checkpoint last = present(f);
    auto known = KnownHistory::of_machine(f.trust.keys());
    REQUIRE(known);
    for (const Checkpoint& one : {first, last}) {
        CHECK(is_of_history(known->hold(one, "")));
        CHECK(known->hold(forked(one), "").error().kind == Kind::trust);
    }
    Checkpoint unseen = forked(last);
    for (std::uint64_t size : {first.size - 1, last.size + 1}) {
        unseen.size = size;
        auto held = known->hold(unseen, "");
        REQUIRE(held);
        CHECK(held->find("cannot be told without the log") != std::string::npos);
    }
    // Of another log nothing is known.
    Checkpoint other = forked(last);
    other.origin = "other.example.org";
    CHECK(is_of_history(known->hold(other, "")));
    CHECK(is_of_history(KnownHistory().hold(forked(last), "")));
}

TEST_CASE("known history: the log at hand decides, and an old copy of it cannot")
{
    Fixture f;
    append_one(f, 1);
    LogView log = *LogView::open(fetch_from_directory(f.path), f.trust);
    const Checkpoint older = log.checkpoint;
    append_one(f, 2);
    const Checkpoint newer = present(f);
    KnownHistory known;
    known.add_log(std::move(log));
    CHECK(is_of_history(known.hold(older, "")));
    CHECK(known.hold(forked(older), "").error().kind == Kind::trust);
    auto held = known.hold(newer, "");
    REQUIRE(held);
    CHECK(held->find("newer than the log at hand") != std::string::npos);
    known.add_log(*LogView::open(fetch_from_directory(f.path), f.trust));
    CHECK(is_of_history(known.hold(newer, "")));
}

TEST_CASE("evidence: a proof that cannot be held against what is remembered is none, and a forked one is false")
{
    Fixture f;
    auto answer = [&](KnownHistory known) {
        EvidenceReader reader(f.manifest, f.trust);
        reader.set_known_history(std::move(known));
        return reader.of_artifact(f.manifest.artifacts()[1]);
    };
    CHECK(answer(*KnownHistory::of_machine(f.trust.keys())).answer == Evidence::Answer::verified);
    // A verifier who saw the log only later.
    append_one(f, 1);
    auto later = *CheckpointMemory::at(f.directory.path() + "/later");
    LogView log = *LogView::open(fetch_from_directory(f.path), f.trust);
    REQUIRE(later.keep({.checkpoint = log.checkpoint, .note = log.note}, f.trust.keys(), true));
    Evidence unheld = answer(*KnownHistory::of(later, f.trust.keys()));
    CHECK(unheld.answer == Evidence::Answer::absent);
    CHECK(unheld.reason.find("cannot be told without the log") != std::string::npos);
}

TEST_CASE("known history: what goes with the head goes with it, and what older versions remembered does not")
{
    Fixture f;
    const Checkpoint first = present(f);
    const std::string head = f.directory.path() + "/state/albs/heads/" + sha256("log.example.org").hex();
    REQUIRE(sys::exists(head + ".seen"));
    // As before there were these files.
    REQUIRE(sys::remove_tree(head + ".seen"));
    append_one(f, 1);
    CHECK(is_of_history(KnownHistory::of_machine(f.trust.keys())->hold(first, "")));
    // Another log of that name, after its head was removed.
    const Checkpoint second = present(f);
    REQUIRE(sys::remove_tree(head));
    auto memory = *CheckpointMemory::at();
    const Checkpoint other = forked(second);
    const std::string note = LogView::open(fetch_from_directory(f.path), f.trust)->note;
    REQUIRE(memory.keep({.checkpoint = other, .note = note}, {}, true));
    CHECK_FALSE(*memory.seen_root("log.example.org", first.size));
    CHECK(*memory.seen_root("log.example.org", other.size) == other.root);
}
