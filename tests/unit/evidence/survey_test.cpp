// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/evidence/survey.hpp"

#include "albs/statement/statement.hpp"
#include "unit/evidence/fixture.hpp"
#include "unit/statement/status_list_fixture.hpp"

using evidence_test::Fixture;
using status_list_test::change;
using status_list_test::view_of;

namespace {

// Another build that gave the same bytes, of another source package.
Json build_of(const std::string& made, const std::string& package)
{
    Json binding = Json::object({{"record", "build"}, {"sha256", made}, {"srpm", package}});
    return Json::object({{"_type", "https://in-toto.io/Statement/v1"},
                         {"subject", Json::array({Json::object({{"digest", Json::object({{"sha256", made}})}})})},
                         {"predicateType", "https://slsa.dev/provenance/v1"},
                         {"predicate", Json::object({{"albs_binding", std::move(binding)}})}});
}

void append(const Fixture& f, const std::vector<Json>& statements)
{
    auto ledger = Ledger::open(f.path);
    REQUIRE(ledger);
    REQUIRE(ledger->append(statements));
}

void fill(const Fixture& f)
{
    std::vector<Json> fillers;
    for (int i = 0; i < 1100; ++i)
        fillers.push_back(ledger_test::statement(i));
    append(f, fillers);
}

std::string status_by(const Survey& survey, const std::string& digest)
{
    std::optional<StatusChange> change = survey.status(digest);
    return change ? change->status : "";
}

} // namespace

TEST_CASE("survey: a list and what was recorded after it give the same answer as the whole log")
{
    Fixture f;
    f.add_later_records();
    fill(f);
    const std::string built = f.manifest.artifacts()[1].sha256;
    const std::string package = sha256("another source package").hex();
    append(f, {change(package, "revoked")});
    LogView log = view_of(f.path, f.trust);
    CHECK_FALSE(survey_statuses(log, f.trust, false)->is_whole());
    CHECK(status_by(*survey_statuses(log, f.trust, false), sha256("signed").hex()).empty());
    // The list knows nothing of the signed file, which was made from the built one long before.
    append(f, {build_of(built, package)});
    log = view_of(f.path, f.trust);
    CHECK(status_by(*survey_log(log, f.trust), sha256("signed").hex()) == "revoked");
    CHECK(status_by(*survey_statuses(log, f.trust, false), sha256("signed").hex()) == "revoked");
}

TEST_CASE("survey: a relation behind the list is news, also where another one withdraws as much")
{
    Fixture f;
    f.add_later_records();
    fill(f);
    const std::string package = sha256("another source package").hex();
    const std::string commit = *f.manifest.sources()[0].commit;
    append(f, {change(package, "revoked"), change(commit, "revoked")});
    const StatusList list = *status_list_test::last_list(f.path, f.trust).list;
    // The commit may be declared valid again; then the package alone withdraws the signed file.
    append(f, {build_of(f.manifest.artifacts()[1].sha256, package)});
    Survey survey(f.trust);
    survey.start(list);
    LogView log = view_of(f.path, f.trust);
    REQUIRE(for_each_statement(
        log, [&](const LoggedStatement& one) { return one.index < list.size ? Status() : survey.add(one); }));
    CHECK(survey.has_unlisted());
}

TEST_CASE("survey: what the log says a file was made from counts, also where the manifest does not know it")
{
    Fixture f;
    f.add_later_records();
    const std::string package = sha256("another source package").hex();
    append(f, {build_of(f.manifest.artifacts()[1].sha256, package), change(package, "revoked")});
    LogView log = view_of(f.path, f.trust);
    EvidenceReader reader(f.manifest, f.trust);
    CHECK(reader.of_artifact(f.manifest.artifacts()[1]).answer == Evidence::Answer::verified);
    CHECK(reader.of_signature(f.manifest.signatures()[0]).answer == Evidence::Answer::verified);
    reader.add_survey(log.checkpoint.origin, std::make_shared<Survey>(*survey_log(log, f.trust)));
    CHECK(reader.of_artifact(f.manifest.artifacts()[1]).withdrawn == "revoked");
    CHECK(reader.of_signature(f.manifest.signatures()[0]).withdrawn == "revoked");
    CHECK(reader.of_artifact(f.manifest.artifacts()[2]).answer == Evidence::Answer::verified);
}

TEST_CASE("survey: which statements are withheld")
{
    Fixture f;
    Survey survey(f.trust);
    LogView log = view_of(f.path, f.trust);
    REQUIRE(for_each_statement(log, [&](const LoggedStatement& one) {
        return one.index == 1 || one.index == 4 ? Status() : survey.add(one);
    }));
    survey.finish(log.checkpoint.size + 2);
    CHECK(survey.withheld_entries == std::vector<std::uint64_t>{1, 4, log.checkpoint.size, log.checkpoint.size + 1});
    CHECK(survey.withheld() == 4);
}
