// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-sbom/log_entries.hpp"

#include "tools/albs-sbom/verify.hpp"
#include "unit/evidence/fixture.hpp"

using evidence_test::Fixture;
using sbom::DescribedComponent;
using sbom::LogEntries;

namespace {

DescribedComponent carrying(const std::string& name, const std::vector<std::string>& entries)
{
    DescribedComponent package{.ref = name, .name = name, .version = "1", .statements = {}};
    for (const std::string& entry : entries)
        package.statements.push_back({"albs:notarization:proof", entry});
    return package;
}

std::string text_of(const Notarization& notarization)
{
    return write_json(to_json(notarization));
}

} // namespace

TEST_CASE("log entries: those that several packages carry are verified once")
{
    Fixture f;
    const std::vector<Notarization>& all = f.manifest.notarizations();
    sbom::SbomDocument document;
    for (int i = 0; i < 20; ++i)
        document.packages.push_back(carrying("p" + std::to_string(i), {text_of(all[0]), text_of(all[1])}));
    auto entries = LogEntries::verify(document, f.trust, {}, 4);
    REQUIRE(entries);
    CHECK(entries->size() == 2);
    for (const DescribedComponent& package : document.packages) {
        std::vector<const sbom::LogEntry*> own = entries->of(package);
        REQUIRE(own.size() == 2);
        for (std::size_t i = 0; i < 2; ++i) {
            REQUIRE_MESSAGE(own[i]->verified, (own[i]->verified ? "" : own[i]->verified.error().message));
            CHECK(own[i]->notarization->id == all[i].id);
            CHECK(own[i] == entries->of(document.packages[0])[i]);
        }
    }
}

TEST_CASE("log entries: what is no notarization, or does not hold, is an answer for its package and no other")
{
    Fixture f;
    Notarization moved = f.manifest.notarizations()[0];
    moved.index += 1;
    sbom::SbomDocument document;
    document.packages.push_back(carrying("good", {text_of(f.manifest.notarizations()[0])}));
    document.packages.push_back(carrying("moved", {text_of(moved)}));
    document.packages.push_back(carrying("odd", {"{}"}));
    document.packages.push_back(carrying("bare", {}));
    auto entries = LogEntries::verify(document, f.trust, {}, 1);
    REQUIRE(entries);
    CHECK(entries->size() == 3);
    CHECK(entries->of(document.packages[0])[0]->verified);
    auto& false_one = entries->of(document.packages[1])[0]->verified;
    REQUIRE_FALSE(false_one);
    CHECK(false_one.error().message.find("names another entry than its proof does") != std::string::npos);
    CHECK_FALSE(entries->of(document.packages[2])[0]->notarization);
    CHECK(entries->of(document.packages[3]).empty());

    sbom::Findings findings;
    REQUIRE(sbom::check_log(document, f.trust, "", 2, findings));
    CHECK(findings.back().package == document.packages[3].title());
    CHECK(findings.back().reason == "the document carries no log entry for this package");
}
