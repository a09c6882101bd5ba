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
    REQUIRE(ledger->append({Json::object({{"_type", "https://in-toto.io/Statement/v1"},
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
