// SPDX-License-Identifier: GPL-3.0-or-later
// The reader as a whole: every question, each proof once.
#include <atomic>

#include "albs/crypto/dsse.hpp"
#include "albs/statement/binding.hpp"
#include "sys/parallel.hpp"
#include "unit/evidence/fixture.hpp"

using evidence_test::Fixture;

namespace {

// A log that tells this change and nothing else.
std::shared_ptr<const Survey> told(const Fixture& f, const StatusChange& change)
{
    auto survey = std::make_shared<Survey>(f.trust);
    survey->start({.size = change.index + 1, .root = {}, .changes = {{.change = change, .signer = ""}}});
    return survey;
}

} // namespace

TEST_CASE("evidence: every kind of record has its question, verified or absent or contradicted")
{
    Fixture f;
    f.add_later_records();
    auto answers = [&](const Manifest& manifest) {
        const EvidenceReader reader(manifest, f.trust);
        return std::vector<Evidence>{reader.of_test(manifest.tests()[0]), reader.of_signature(manifest.signatures()[0]),
                                     reader.of_release(manifest.releases()[0]),
                                     reader.of_erratum(manifest.errata()[0])};
    };
    for (const Evidence& evidence : answers(f.manifest))
        CHECK_MESSAGE(evidence.answer == Evidence::Answer::verified, evidence.reason);

    Json bare = f.manifest.json();
    bare.set("notarizations", Json::array());
    for (const Evidence& evidence : answers(*Manifest::parse(write_json(bare)))) {
        CHECK(evidence.answer == Evidence::Answer::absent);
        CHECK(evidence.reason == "the manifest holds no notarization of it");
    }

    Json changed = f.manifest.json();
    auto first = [&](std::string_view table) -> Json& { return changed.find(table)->elements()->front(); };
    first("tests").set("status", "skip");
    first("signatures").set("created", "2026-01-01T00:00:01Z");
    first("releases").set("published", "2026-01-01T00:00:01Z");
    first("errata").set("updated", "2026-01-01T00:00:01Z");
    for (const Evidence& evidence : answers(*Manifest::parse(write_json(changed)))) {
        CHECK(evidence.answer == Evidence::Answer::contradicted);
        CHECK(evidence.reason.find("the manifest says") != std::string::npos);
    }
}

TEST_CASE("evidence: each proof is checked once, however often and from how many threads it is asked for")
{
    Fixture f;
    f.add_later_records();
    const EvidenceReader reader(f.manifest, f.trust);
    CHECK(reader.proofs_checked() == 0);
    const std::size_t artifacts = f.manifest.artifacts().size() - 1; // the signed one has no record of its own
    std::atomic<std::size_t> verified = 0;
    sys::in_parallel(artifacts * 40, 1, 8, [&](std::size_t i) {
        if (reader.of_artifact(f.manifest.artifacts()[i % artifacts]).answer == Evidence::Answer::verified)
            ++verified;
    });
    CHECK(verified == artifacts * 40);
    CHECK(reader.proofs_checked() == artifacts);
    for (const Notarization& notarization : f.manifest.notarizations())
        CHECK(reader.check(notarization)->size() == 1);
    reader.of_source(f.manifest.sources()[0]);
    CHECK(reader.proofs_checked() == f.manifest.notarizations().size());
}

TEST_CASE("evidence: what is contradicted stays so, whatever is asked before")
{
    Fixture f;
    Manifest changed = f.changed("\"size\":101", "\"size\":100");
    const EvidenceReader reader(changed, f.trust);
    Evidence first = reader.of_artifact(changed.artifacts()[1]);
    CHECK(first.answer == Evidence::Answer::contradicted);
    CHECK(reader.of_artifact(changed.artifacts()[2]).answer == Evidence::Answer::verified);
    Evidence second = reader.of_artifact(changed.artifacts()[1]);
    CHECK(second.answer == Evidence::Answer::contradicted);
    CHECK(second.reason == first.reason);
    for (const Notarization* notarization : changed.notarizations_about(changed.artifacts()[1].sha256)) {
        auto checked = reader.check(*notarization);
        REQUIRE_FALSE(checked);
        CHECK(checked.error().kind == Kind::trust);
        CHECK(checked.error().message == first.reason);
    }
}

TEST_CASE("evidence: a notarization in a log that is not trusted lends a task nothing")
{
    Fixture f;
    Task task = f.manifest.tasks()[0];
    task.id = "evil/host/x86_64";
    Manifest more = f.manifest;
    REQUIRE(more.add(task));
    const Artifact& artifact = more.artifacts()[1];
    Json binding = build_binding(more, artifact, task);
    Json statement = Json::object({{"_type", "https://in-toto.io/Statement/v1"},
                                   {"predicate", Json::object({{"albs_binding", std::move(binding)}})}});
    Envelope forged{.payload = write_json(statement),
                    .payload_type = std::string(in_toto_type),
                    .signature = Bytes(64),
                    .keyid = {}};
    REQUIRE(more.add(Notarization{.id = "evil.example.org#0",
                                  .about = artifact.sha256,
                                  .kind = "build",
                                  .subject = artifact.sha256,
                                  .log = "evil.example.org",
                                  .index = 0,
                                  .entry = "AAAA",
                                  .proof = "none",
                                  .envelope = forged.json()}));
    Evidence evidence = EvidenceReader(more, f.trust).of_artifact(artifact);
    CHECK(evidence.answer == Evidence::Answer::absent);
    CHECK(evidence.reason == "the manifest holds no notarization that the task 'evil/host/x86_64' made it");
}

TEST_CASE("evidence: two trees of one size are two histories, whichever proofs they come with")
{
    Fixture f;
    std::string note = *sys::read_file(f.path + "/checkpoint");
    Checkpoint one = *open_checkpoint(note, f.trust.keys().front());
    Checkpoint forked = one;
    forked.root = sha256("another");
    PrivateKey key = *PrivateKey::from_pem(*sys::read_file(f.path + "/.state/log.key"));
    Note other{.text = forked.text(), .signatures = {*sign_note(forked.text(), forked.origin, key)}};
    CheckpointCache checkpoints(f.trust);
    CHECK(checkpoints.open(note, f.trust.keys().front()));
    auto refused = checkpoints.open(other.bytes(), f.trust.keys().front());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("two histories") != std::string::npos);
}

TEST_CASE("evidence: what was made from what is taken back is taken back, too")
{
    Fixture f;
    f.add_later_records();
    const Artifact built = f.manifest.artifacts()[1];
    const Source& source = f.manifest.sources()[0];
    const Artifact& signed_file = f.manifest.artifacts().back();
    REQUIRE(signed_file.unsigned_sha256 == built.sha256);
    auto taken_back = [&](const std::string& digest, const auto& ask) {
        EvidenceReader reader(f.manifest, f.trust);
        CHECK(ask(reader).withdrawn.empty());
        reader.add_survey("log.example.org",
                          told(f, {.index = 99, .status = "revoked", .reason = "", .subject = digest}));
        return ask(reader).withdrawn == "revoked";
    };
    auto built_file = [&](const EvidenceReader& reader) { return reader.of_artifact(built); };
    auto signature = [&](const EvidenceReader& reader) { return reader.of_signature(f.manifest.signatures()[0]); };
    auto of_source = [&](const EvidenceReader& reader) { return reader.of_source(source); };
    CHECK(taken_back(*source.commit, built_file));
    CHECK(taken_back(source.srpm.value_or(""), built_file));
    CHECK(taken_back(built.sha256, signature));
    CHECK(taken_back(*source.commit, signature));
    CHECK(taken_back(*source.commit, of_source));
}

TEST_CASE("evidence: what one log takes back, another cannot give back")
{
    Fixture f;
    const std::string digest = f.manifest.artifacts()[0].sha256;
    for (const auto& [first, second] : {std::pair("revoked", "valid"), std::pair("valid", "revoked")}) {
        EvidenceReader reader(f.manifest, f.trust);
        reader.add_survey("a.example.org", told(f, {.index = 7, .status = first, .reason = "", .subject = digest}));
        reader.add_survey("b.example.org", told(f, {.index = 9, .status = second, .reason = "", .subject = digest}));
        CHECK(reader.of_artifact(f.manifest.artifacts()[0]).withdrawn == "revoked");
    }
}

TEST_CASE("evidence: a checkpoint is opened once, under each key")
{
    Fixture f;
    REQUIRE(Ledger::init(f.directory.path() + "/other",
                         {.origin = "log.example.org", .created = "", .remember = f.directory.path() + "/elsewhere"}));
    const Vkey other = read_log_trust(f.directory.path() + "/other/log.vkey")->keys().front();
    std::string note = TlogProof::parse(*f.manifest.notarizations()[0].proof)->checkpoint;
    CheckpointCache checkpoints;
    auto first = checkpoints.open(note, f.trust.keys().front());
    REQUIRE(first);
    CHECK((*first)->note == note);
    CHECK(*checkpoints.open(note, f.trust.keys().front()) == *first);
    CHECK_FALSE(checkpoints.open(note, other));
    CHECK_FALSE(checkpoints.open(note, other));
}
