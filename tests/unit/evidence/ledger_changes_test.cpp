// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/ledger_changes.hpp"

#include "albs/statement/status.hpp"
#include "unit/evidence/fixture.hpp"

using evidence_test::Fixture;

namespace {

void mark(const Fixture& f, const std::string& digest, const char* status)
{
    auto ledger = Ledger::open(f.path);
    REQUIRE(ledger);
    Json subject = Json::object({{"digest", Json::object({{"sha256", digest}})}});
    REQUIRE(
        ledger->append({Json::object({{"_type", "https://in-toto.io/Statement/v1"},
                                      {"subject", Json::array({subject})},
                                      {"predicateType", status_type},
                                      {"predicate", Json::object({{"albs_status", status}, {"reason", "why"}})}})}));
}

Evidence with_ledger(const Fixture& f, std::size_t artifact)
{
    EvidenceReader reader(f.manifest, f.trust);
    REQUIRE(add_ledger_changes(reader, f.path, f.trust));
    return reader.of_artifact(f.manifest.artifacts()[artifact]);
}

} // namespace

TEST_CASE("status in the ledger: what the manifest was made before")
{
    Fixture f;
    const std::string built = f.manifest.artifacts()[1].sha256;
    CHECK(with_ledger(f, 1).answer == Evidence::Answer::verified);
    mark(f, built, "revoked");
    CHECK(with_ledger(f, 1).withdrawn == "revoked");
    CHECK(with_ledger(f, 2).answer == Evidence::Answer::verified);
    mark(f, built, "valid");
    CHECK(with_ledger(f, 1).answer == Evidence::Answer::verified);
    // The commit, from which all were built. That one of them was declared valid does not undo it.
    mark(f, *f.manifest.sources()[0].commit, "revoked");
    CHECK(with_ledger(f, 1).withdrawn == "revoked");
    CHECK(with_ledger(f, 2).withdrawn == "revoked");
}

TEST_CASE("status in the ledger: no ledger, another log, a log that was rolled back")
{
    Fixture f;
    EvidenceReader reader(f.manifest, f.trust);
    CHECK(add_ledger_changes(reader, f.path + "-none", f.trust));
    Vkey stranger = f.trust.keys().front();
    stranger.name = "other.example.org";
    CHECK(add_ledger_changes(reader, f.path, Policy::of(stranger)));
    std::string older = *sys::read_file(f.path + "/checkpoint");
    mark(f, f.manifest.artifacts()[1].sha256, "revoked");
    REQUIRE(sys::write_file(f.path + "/checkpoint", older));
    CHECK(add_ledger_changes(reader, f.path, f.trust).error().kind == Kind::trust);
}

TEST_CASE("tests in the ledger: those that were done since the manifest was made, where they are asked for")
{
    Fixture f;
    const std::string file = f.manifest.artifacts()[1].sha256;
    TestResult test{
        .id = file + "/fits", .artifact = file, .task = "t", .name = "fits", .status = "pass", .reason = {}, .log = {}};
    test.finished = "2026-01-01T00:00:00Z";
    REQUIRE(f.manifest.add(test));
    f.notarize();
    Manifest later;
    test.status = "fail";
    test.reason = "why";
    test.finished = "2026-01-02T00:00:00Z";
    REQUIRE(later.add(test));
    auto ledger = Ledger::open(f.path);
    REQUIRE(ledger);
    std::vector<Draft> drafts = drafts_of(later, ledger->statement_signer());
    auto recorded = ledger->append({drafts.at(0).statement});
    REQUIRE(recorded);
    auto failures = [&](LedgerQuestion question) {
        EvidenceReader reader(f.manifest, f.trust);
        REQUIRE(add_ledger_changes(reader, f.path, f.trust, question));
        return reader.failed_tests_of({file});
    };
    CHECK(failures(LedgerQuestion::statuses).empty());
    const std::vector<FailedTest> found = failures(LedgerQuestion::tests);
    REQUIRE(found.size() == 1);
    CHECK(found[0].check == "t/fits");
    CHECK(found[0].entry == "log.example.org#" + std::to_string(recorded->at(0).index));
}
