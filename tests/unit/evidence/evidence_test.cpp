// SPDX-License-Identifier: GPL-3.0-or-later
// Also of: statement/albs_record, statement/binding, evidence/trust, manifest/lookup
#include "unit/evidence/fixture.hpp"
#include "unit/source_file.hpp"

using evidence_test::Fixture;

TEST_CASE("evidence: what was recorded is verified, from the manifest alone")
{
    Fixture f;
    const EvidenceReader reader(f.manifest, f.trust);
    for (const Artifact& artifact : f.manifest.artifacts()) {
        Evidence evidence = reader.of_artifact(artifact);
        CHECK_MESSAGE(evidence.answer == Evidence::Answer::verified, evidence.reason);
    }
    CHECK(reader.of_source(f.manifest.sources()[0]).answer == Evidence::Answer::verified);
}

TEST_CASE("evidence: what nobody recorded is absent")
{
    Fixture f;
    Manifest bare = *Manifest::parse(*sys::read_file(source_file("tests/data/ledger/manifest.json")));
    Evidence evidence = f.about(bare, 1);
    CHECK(evidence.answer == Evidence::Answer::absent);
    CHECK(evidence.reason == "the manifest holds no notarization of it");
}

TEST_CASE("evidence: another NEVRA, size, task, commit or digest is contradicted, never absent")
{
    Fixture f;
    CHECK(f.about(f.changed("p1-1-1.x86_64\"", "p9-1-1.x86_64\""), 1).answer == Evidence::Answer::contradicted);
    CHECK(f.about(f.changed("\"size\":101", "\"size\":100"), 1).answer == Evidence::Answer::contradicted);
    CHECK(f.about(f.changed("host/x86_64\"", "host/x86_65\""), 1).answer == Evidence::Answer::contradicted);
    Manifest other_commit = f.changed("\"commit\":\"0123", "\"commit\":\"1123");
    CHECK(EvidenceReader(other_commit, f.trust).of_source(other_commit.sources()[0]).answer ==
          Evidence::Answer::contradicted);
    std::string digest = f.manifest.artifacts()[1].sha256;
    std::string other = std::string(64, 'a');
    // Everywhere, the notarization included.
    CHECK(f.about(f.changed(digest, other), 1).answer == Evidence::Answer::contradicted);
}

TEST_CASE("evidence: a digest changed in the tables only is contradicted too")
{
    Fixture f;
    Json root = f.manifest.json();
    std::string other(64, 'a');
    (*root.find("artifacts")->elements())[1].set("sha256", other);
    (*(*root.find("tasks")->elements())[0].find("artifacts")->elements())[0] = Json(other);
    Manifest swapped = *Manifest::parse(write_json(root));
    Evidence evidence = f.about(swapped, 1);
    CHECK(evidence.answer == Evidence::Answer::contradicted);
    CHECK(evidence.reason.find("the manifest has " + other) != std::string::npos);
}

TEST_CASE("evidence: a task added around a recorded file borrows nothing")
{
    Fixture f;
    Task task = f.manifest.tasks()[0];
    task.id = "evil/host/x86_64";
    Manifest more = f.manifest;
    REQUIRE(more.add(task));
    Evidence evidence = f.about(more, 1);
    CHECK(evidence.answer == Evidence::Answer::absent);
    CHECK(evidence.reason == "the manifest holds no notarization that the task 'evil/host/x86_64' made it");
}

TEST_CASE("evidence: every character of a notarization counts")
{
    Fixture f;
    const Vkey log = f.trust.keys().front();
    CheckpointCache checkpoints;
    const Notarization good = f.manifest.notarizations()[3];
    const LoggedEntries entries(f.manifest);
    auto refused = [&](const Notarization& bad) {
        auto verified = verify_notarization(f.manifest, entries, bad, {log}, checkpoints);
        return !verified || !*verified;
    };
    REQUIRE_FALSE(refused(good));
    for (std::size_t i = 0; i < good.proof->size(); ++i) {
        Notarization bad = good;
        std::string proof = *good.proof;
        proof[i] = static_cast<char>(proof[i] ^ 1);
        bad.proof = proof;
        CHECK_MESSAGE(refused(bad), "character " << i << " of the proof");
    }
    for (std::size_t i = 0; i < good.entry->size(); ++i) {
        Notarization bad = good;
        std::string entry = *good.entry;
        entry[i] = entry[i] == 'A' ? 'B' : 'A';
        bad.entry = entry;
        CHECK_MESSAGE(refused(bad), "character " << i << " of the entry");
    }
    std::string envelope = write_json(good.envelope);
    for (std::size_t i = 0; i < envelope.size(); i += 7) {
        std::string text = envelope;
        text[i] = text[i] == 'A' ? 'B' : 'A';
        auto json = read_json(text);
        Notarization bad = good;
        if (json)
            bad.envelope = *json;
        CHECK_MESSAGE((!json || refused(bad)), "character " << i << " of the envelope");
    }
    Notarization bad = good;
    bad.index = 2;
    CHECK(refused(bad));
    bad = good;
    bad.id = "log.example.org#2";
    CHECK(refused(bad));
    bad = good;
    bad.log = "other.example.org";
    CHECK(refused(bad));
    bad = good;
    bad.kind = "file";
    CHECK(refused(bad));
    bad = good;
    bad.proof = f.manifest.notarizations()[2].proof;
    CHECK(refused(bad));
}

TEST_CASE("evidence: a notarization that names the index of another entry, in its id too")
{
    Fixture f;
    Manifest other = *Manifest::parse(f.manifest.text());
    Notarization moved = f.manifest.notarizations().front();
    moved.index += 1000;
    moved.id = moved.log + "#" + std::to_string(moved.index);
    REQUIRE(other.add(moved));
    EvidenceReader reader(other, f.trust);
    auto refused = reader.check(other.notarizations().back());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == Kind::trust);
}

TEST_CASE("evidence: another log's key is no evidence")
{
    Fixture f;
    REQUIRE(Ledger::init(f.directory.path() + "/other",
                         {.origin = "log.example.org", .created = "", .remember = f.directory.path() + "/elsewhere"}));
    Policy stranger = *read_log_trust(f.directory.path() + "/other/log.vkey");
    Evidence unproved = EvidenceReader(f.manifest, stranger).of_artifact(f.manifest.artifacts()[1]);
    CHECK(unproved.answer == Evidence::Answer::absent);
    CHECK(unproved.reason.find("cannot be proved with this key") != std::string::npos);
    REQUIRE(Ledger::init(f.directory.path() + "/third", {.origin = "log.example.net", .created = ""}));
    Policy third = *read_log_trust(f.directory.path() + "/third/log.vkey");
    Evidence evidence = EvidenceReader(f.manifest, third).of_artifact(f.manifest.artifacts()[1]);
    CHECK(evidence.answer == Evidence::Answer::absent);
    CHECK(evidence.reason == "it is notarized in 'log.example.org' only, which is not the log to be trusted");
}

TEST_CASE("evidence: a key file that is none is refused by its name")
{
    Fixture f;
    REQUIRE(sys::write_file(f.directory.path() + "/bad.vkey", "not a key\n"));
    auto trust = read_log_trust(f.directory.path() + "/bad.vkey");
    REQUIRE_FALSE(trust);
    CHECK(trust.error().kind == Kind::input);
    CHECK_FALSE(read_log_trust(f.directory.path() + "/none.vkey"));
}
