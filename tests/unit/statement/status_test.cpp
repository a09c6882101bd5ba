// SPDX-License-Identifier: GPL-3.0-or-later
// Later words on what was recorded, as a manifest carries them.
#include "albs/statement/status.hpp"

#include "albs/evidence/evidence.hpp"
#include "base/bytes.hpp"
#include "unit/ledger/fixture.hpp"

using namespace albs;
using ledger_test::SmallLedger;

namespace {

const std::string digest = sha256("a package").hex();

Json word(const std::string& about, const std::string& status)
{
    Json subject = Json::object({{"digest", Json::object({{"sha256", about}})}});
    return Json::object({{"_type", "https://in-toto.io/Statement/v1"},
                         {"subject", Json::array({subject})},
                         {"predicateType", status_type},
                         {"predicate", Json::object({{"albs_status", status}, {"reason", "why " + status}})}});
}

/// A manifest that carries these words on the digest, in that order of the log.
Manifest manifest_with(const SmallLedger& small, const std::vector<std::string>& words)
{
    Manifest manifest;
    auto ledger = Ledger::open(small.path);
    REQUIRE(ledger);
    for (const std::string& status : words) {
        auto appended = ledger->append({word(digest, status)});
        REQUIRE(appended);
        const RecordedStatement& one = appended->front();
        REQUIRE(manifest.add(Notarization{.id = "log.example.org#" + std::to_string(one.index),
                                          .about = digest,
                                          .kind = std::string(status_kind),
                                          .subject = digest,
                                          .log = "log.example.org",
                                          .index = static_cast<std::int64_t>(one.index),
                                          .entry = to_base64(one.entry),
                                          .proof = one.proof,
                                          .envelope = *read_json(one.envelope)}));
    }
    return manifest;
}

} // namespace

TEST_CASE("status: the last word in the order of the log counts, whatever the order of the table")
{
    SmallLedger small;
    Manifest manifest = manifest_with(small, {"revoked", "valid", "superseded"});
    const EvidenceReader reader(manifest, small.trust);
    auto told = reader.last_change({digest});
    REQUIRE(told);
    REQUIRE(*told);
    CHECK((*told)->status == "superseded");
    CHECK((*told)->text() == "entry 2 of the log says that it is superseded: why superseded");
    Json turned = manifest.json();
    Json& table = *turned.find("notarizations");
    std::swap(table.elements()->at(0), table.elements()->at(2));
    Manifest other_way = *Manifest::parse(write_json(turned));
    auto again = EvidenceReader(other_way, small.trust).last_change({digest});
    REQUIRE(again);
    CHECK((*again)->index == 2);
    CHECK(!*reader.last_change({sha256("another").hex()}));
    CHECK(!*EvidenceReader(manifest, {}).last_change({digest}));
}

TEST_CASE("status: a word that does not hold, or is about something else, is tamper and no silence")
{
    SmallLedger small;
    Json root = manifest_with(small, {"revoked"}).json();
    Json& record = root.find("notarizations")->elements()->front();
    std::string other = sha256("another").hex();
    Json moved = record;
    moved.set("about", other);
    moved.set("subject", other);
    for (const Json& changed : {moved}) {
        Json copy = root;
        copy.find("notarizations")->elements()->front() = changed;
        Manifest tampered = *Manifest::parse(write_json(copy));
        auto told = EvidenceReader(tampered, small.trust).last_change({other});
        REQUIRE(!told);
        CHECK(told.error().kind == Kind::trust);
    }
}

TEST_CASE("status: only statements of its type tell one")
{
    Json statement = word(digest, "revoked");
    REQUIRE(status_of(statement));
    CHECK(status_of(statement)->withdraws());
    CHECK(!status_of(word(digest, "valid"))->withdraws());
    statement.set("predicateType", "https://example.org/other/v1");
    CHECK(!status_of(statement));
}
