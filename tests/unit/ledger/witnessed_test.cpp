// SPDX-License-Identifier: GPL-3.0-or-later
// What a ledger takes as the word of a witness, whoever asked it. Of: witnessed
#include "unit/ledger/fixture.hpp"

#include "base/time.hpp"
#include "unit/log/cosign.hpp"

using namespace albs;
using namespace ledger_test;

TEST_CASE("witnessed: a false line of a witness that the policy knows is not published, nor one of another tree")
{
    SmallLedger small;
    PrivateKey key = *PrivateKey::generate(KeyType::ed25519);
    Vkey witness = *Vkey::make("w.example.org", NoteKeyType::cosignature, key.public_key());
    auto policy = Policy::parse("log " + small.vkey().text() + "\nwitness w " + witness.text() +
                                " https://w.example.org\nquorum w\n");
    REQUIRE_MESSAGE(policy, (policy ? "" : policy.error().message));
    const std::string before = small.read("checkpoint");
    auto ledger = small.open();
    REQUIRE(ledger);
    ledger->wait_for_witnesses(*policy);
    REQUIRE(ledger->append({statement(1)}));
    CHECK(small.read("checkpoint") == before);
    const std::string text = Note::parse(ledger->checkpoint())->text;
    auto time = static_cast<std::uint64_t>(current_time());
    NoteSignature good = log_test::cosign(text, "w.example.org", key, time);
    NoteSignature flipped = good;
    flipped.bytes.back() = static_cast<std::uint8_t>(flipped.bytes.back() ^ 1);
    for (const auto& lines : {std::vector<NoteSignature>{flipped}, {good, flipped}, {flipped, good}}) {
        auto added = ledger->add_witnessed(text, lines, true);
        REQUIRE_FALSE(added);
        CHECK(added.error().kind == Kind::trust);
        CHECK(small.read("checkpoint") == before);
    }
    // Of another checkpoint: false here, and no word about this one.
    NoteSignature other = log_test::cosign(Note::parse(before)->text, "w.example.org", key, time);
    CHECK_FALSE(ledger->add_witnessed(text, {other}, false));
    CHECK(*ledger->add_witnessed(Note::parse(before)->text, {other}, false) == false);
    CHECK(small.read("checkpoint") == before);
    REQUIRE(ledger->add_witnessed(text, {good}, false));
    CHECK(Note::parse(small.read("checkpoint"))->text == text);
    CHECK(policy->has_quorum(*Note::parse(small.read("checkpoint"))));
}
