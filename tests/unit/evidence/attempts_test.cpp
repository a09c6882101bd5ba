// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence where records have several attempts: each has statements of its own, and none borrows another's.
// Also of: evidence/makers
#include "albs/statement/binding.hpp"
#include "unit/evidence/fixture.hpp"

using evidence_test::Fixture;

namespace {

Evidence::Answer of_first_package(const Manifest& manifest, const Policy& trust)
{
    return EvidenceReader(manifest, trust).of_artifact(manifest.artifacts()[1]).answer;
}

} // namespace

TEST_CASE("evidence: a second attempt at a task counts when it is recorded, too, and then the first stays valid")
{
    Fixture f;
    Task again = f.manifest.tasks()[0];
    again.verified = !again.verified;
    again.finished = "2030-01-01T00:00:00Z";
    REQUIRE(f.manifest.add(again));
    REQUIRE(f.manifest.tasks().size() == 2);
    CHECK(of_first_package(f.manifest, f.trust) == Evidence::Answer::absent); // no borrowing
    for (const Notarization& one : f.manifest.notarizations())
        CHECK(EvidenceReader(f.manifest, f.trust).check(one));
    f.notarize();
    CHECK(of_first_package(f.manifest, f.trust) == Evidence::Answer::verified);
    for (const Notarization& one : f.manifest.notarizations())
        CHECK(EvidenceReader(f.manifest, f.trust).check(one));
    // An attempt that says what nobody recorded.
    Json root = f.manifest.json();
    root.find("tasks")->elements()->at(1).set("network", !again.network);
    Manifest changed = *Manifest::parse(write_json(root));
    CHECK(of_first_package(changed, f.trust) == Evidence::Answer::contradicted);
}

TEST_CASE("evidence: another build of the same name replaces nothing, unless the first is gone")
{
    Fixture f;
    Artifact other = f.manifest.artifacts()[1];
    const std::string first = other.sha256;
    other.sha256 = sha256("another build").hex();
    Task again = f.manifest.tasks()[0];
    std::replace(again.artifacts.begin(), again.artifacts.end(), JsonText(first), other.sha256);
    again.finished = "2030-01-01T00:00:00Z";
    Manifest both = f.manifest;
    REQUIRE(both.add(other));
    REQUIRE(both.add(again));
    const Artifact& added = *both.artifact(other.sha256);
    CHECK(both.task_of(added) == &both.tasks()[1]);
    CHECK(EvidenceReader(both, f.trust).of_artifact(added).answer == Evidence::Answer::absent);
    // The later one alone, in the place of the recorded one.
    Json root = both.json();
    Json& tasks = *root.find("tasks");
    Json replaced = tasks.elements()->at(1);
    replaced.set("id", f.manifest.tasks()[0].id);
    replaced.set("follows", nullptr);
    tasks = Json::array({replaced});
    Manifest forged = *Manifest::parse(write_json(root));
    Evidence evidence = EvidenceReader(forged, f.trust).of_artifact(*forged.artifact(other.sha256));
    CHECK(evidence.answer == Evidence::Answer::contradicted);
    CHECK(evidence.reason.find("the ledger recorded " + first) != std::string::npos);
}

TEST_CASE("evidence: each attempt at a source has its own, and builds may have started from either")
{
    Fixture f;
    Source mirror = f.manifest.sources()[0];
    mirror.url = "https://mirror.example.org/x.git";
    REQUIRE(f.manifest.add(mirror));
    const auto of = [&](std::size_t at) {
        return EvidenceReader(f.manifest, f.trust).of_source(f.manifest.sources()[at]).answer;
    };
    CHECK(of(0) == Evidence::Answer::verified);
    CHECK(of(1) == Evidence::Answer::absent);
    CHECK(of_first_package(f.manifest, f.trust) == Evidence::Answer::verified);
    f.notarize();
    CHECK(of(0) == Evidence::Answer::verified);
    CHECK(of(1) == Evidence::Answer::verified);
    CHECK(of_first_package(f.manifest, f.trust) == Evidence::Answer::verified);
}

TEST_CASE("evidence: a test counts as recorded when a statement lists it in its words")
{
    Fixture f;
    f.add_later_records();
    TestResult failed = f.manifest.tests()[0];
    failed.status = "fail";
    failed.reason = "no";
    REQUIRE(f.manifest.add(failed));
    REQUIRE(f.manifest.tests().size() == 2);
    auto of = [&](std::size_t at) {
        return EvidenceReader(f.manifest, f.trust).of_test(f.manifest.tests()[at]).answer;
    };
    CHECK(of(0) == Evidence::Answer::verified);
    CHECK(of(1) == Evidence::Answer::absent);
    f.notarize();
    CHECK(of(0) == Evidence::Answer::verified);
    CHECK(of(1) == Evidence::Answer::verified);
    // The failed one is taken out.
    Json root = f.manifest.json();
    root.find("tests")->elements()->pop_back();
    Manifest changed = *Manifest::parse(write_json(root));
    Evidence evidence = EvidenceReader(changed, f.trust).of_test(changed.tests()[0]);
    CHECK(evidence.answer == Evidence::Answer::contradicted);
    CHECK(evidence.reason.find("the manifest says \"pass\"") != std::string::npos);
}

TEST_CASE("evidence: of a package that somebody recorded as a file only")
{
    Fixture f;
    const Artifact package = f.manifest.artifacts()[1];
    Manifest alone;
    Artifact file = package;
    file.kind = "file";
    file.name = "renamed.rpm";
    file.rpm.reset();
    REQUIRE(alone.add(file));
    std::swap(alone, f.manifest);
    f.notarize();
    REQUIRE(f.manifest.merge(alone));
    REQUIRE(f.manifest.artifacts()[0].kind == package.kind);
    const EvidenceReader reader(f.manifest, f.trust);
    Evidence evidence = reader.of_artifact(f.manifest.artifacts()[0]);
    CHECK_MESSAGE(evidence.answer == Evidence::Answer::verified, evidence.reason);
    CHECK(evidence.vouchers.size() == 2);
}
