// SPDX-License-Identifier: GPL-3.0-or-later
// Each record of albs-manifest(5): optional members, types, and what a stranger may not put into them. The schema's
// test breaks every member of every record; here stand the cases with a meaning.
// Also of: manifest/members, manifest/source, manifest/task, manifest/artifact, manifest/test_result, manifest/signature
// Also of: manifest/notarization, manifest/release, manifest/erratum, manifest/stage_record, manifest/transformation
#include "albs/manifest/records.hpp"

#include <doctest/doctest.h>

#include "sys/file.hpp"
#include "unit/source_file.hpp"

using albs::Json;

namespace {

Json record(std::string_view table)
{
    auto text = albs::sys::read_file(albs::source_file("tests/schema/full.json"));
    REQUIRE(text);
    return albs::read_json(*text)->find(table)->elements()->at(0);
}

template <class Record> std::string why_not(const Json& json)
{
    auto read = albs::read_record<Record>(json);
    return read ? "" : read.error().message;
}

} // namespace

TEST_CASE("records: absent and null optional members are the same")
{
    Json task = record("tasks");
    for (std::string_view key : {"reason", "log", "buildroot", "artifacts", "isolation"}) {
        Json null = task;
        null.set(key, nullptr);
        Json absent = task;
        std::erase_if(*absent.members(), [&](const Json::Member& member) { return member.key == key; });
        auto one = albs::read_record<albs::Task>(null);
        auto other = albs::read_record<albs::Task>(absent);
        REQUIRE(one);
        REQUIRE(other);
        CHECK(albs::to_json(*one) == albs::to_json(*other));
    }
}

TEST_CASE("records: what is written has every member, null where there is no value")
{
    albs::Artifact artifact{
        .sha256 = std::string(64, 'a'), .size = 0, .name = "x", .kind = "file", .rpm = {}, .unsigned_sha256 = {}};
    CHECK(albs::write_json(albs::to_json(artifact)) ==
          R"({"sha256":")" + std::string(64, 'a') +
              R"(","size":0,"name":"x","kind":"file","rpm":null,"unsigned":null})");
    for (std::string_view table :
         {"sources", "tasks", "artifacts", "tests", "signatures", "notarizations", "releases", "stages"})
        CHECK(record(table).is_object());
    CHECK(albs::to_json(*albs::read_record<albs::StageRecord>(record("stages"))) == record("stages"));
}

TEST_CASE("records: complaints name the member and what is inside it")
{
    Json artifact = record("artifacts");
    artifact.find("rpm")->set("header_sha256", "x");
    CHECK(why_not<albs::Artifact>(artifact) == "rpm: header_sha256: wants a SHA-256 in lower-case hex");
    artifact = record("artifacts");
    artifact.set("name", "../../etc/passwd");
    CHECK(why_not<albs::Artifact>(artifact) == "name: not a file name");
    Json release = record("releases");
    release.find("packages")->elements()->at(0).set("path", "Packages/../../x");
    CHECK(why_not<albs::Release>(release) == "packages: path: not a relative path");
    Json source = record("sources");
    source.find("lookaside")->elements()->at(0).set("path", "/etc/passwd");
    CHECK(why_not<albs::Source>(source) == "lookaside: path: not a relative path");
    source = record("sources");
    source.set("signature", nullptr);
    CHECK(why_not<albs::Source>(source) == "signature: not an object");
    Json test = record("tests");
    test.set("status", "passed");
    CHECK(why_not<albs::TestResult>(test) == "status: unknown value 'passed'");
    Json stage = record("stages");
    stage.set("started", "2026-02-30T00:00:00Z");
    CHECK(why_not<albs::StageRecord>(stage).substr(0, 8) == "started:");
    CHECK(why_not<albs::Task>(Json("text")) == "not an object");
}

TEST_CASE("records: a transformation names two trees, and is bound where there is one")
{
    Json task = record("tasks");
    const std::string before(64, 'a');
    const std::string after(64, 'b');
    CHECK(albs::RecordType<albs::Task>::write(*albs::read_record<albs::Task>(task), albs::Part::bound)
              .find("transformations") == nullptr);
    Json one = Json::object({{"kind", "rpmautospec"}, {"input", before}, {"output", after}});
    task.set("transformations", Json::array({one}));
    auto read = albs::read_record<albs::Task>(task);
    REQUIRE(read);
    CHECK(read->transformations.at(0).output == after);
    Json bound = albs::RecordType<albs::Task>::write(*read, albs::Part::bound);
    CHECK(*bound.find("transformations")->elements()->at(0).find("input") == Json(before));
    one.set("output", "x");
    task.set("transformations", Json::array({one}));
    CHECK(why_not<albs::Task>(task).find("output") != std::string::npos);
    one.set("output", after);
    Json source = record("sources");
    CHECK(albs::to_json(*albs::read_record<albs::Source>(source)).find("transformations") == nullptr);
    source.set("transformations", Json::array({one}));
    auto changed = albs::read_record<albs::Source>(source);
    REQUIRE(changed);
    CHECK(changed->transformations.at(0).input == before);
    CHECK(albs::RecordType<albs::Source>::write(*changed, albs::Part::bound).find("transformations") != nullptr);
}
