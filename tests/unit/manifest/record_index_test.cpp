// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/record_index.hpp"

#include <doctest/doctest.h>

#include "sys/file.hpp"
#include "unit/source_file.hpp"

using namespace albs;

namespace {

const std::string a64(64, 'a');
const std::string b64(64, 'b');

Artifact artifact(const std::string& digest)
{
    return {.sha256 = digest, .size = 5, .name = "one", .kind = "file", .rpm = {}, .unsigned_sha256 = {}};
}

Manifest full()
{
    Json root = *read_json(*sys::read_file(source_file("tests/schema/full.json")));
    root.set("stages", Json::array());
    return *Manifest::parse(write_json(root));
}

} // namespace

TEST_CASE("record index: records by what they name, in the order of the tables")
{
    Manifest manifest = full();
    TestResult test = manifest.tests()[0];
    Signature signature = manifest.signatures()[0];
    Task task = manifest.tasks()[0];
    for (const char* name : {"zulu", "alpha"}) {
        test.id = test.artifact + "/" + name;
        signature.id = signature.artifact + "/" + name;
        task.id = name;
        REQUIRE(manifest.add(test));
        REQUIRE(manifest.add(signature));
        REQUIRE(manifest.add(task));
    }
    const RecordIndex index(manifest);
    auto ids = [](const auto& records) {
        std::string text;
        for (const auto* record : records)
            text += record->id + " ";
        return text;
    };
    auto of = [](const auto& table, auto&& wanted) {
        std::string text;
        for (const auto& record : table)
            if (wanted(record))
                text += record.id + " ";
        return text;
    };
    CHECK(ids(index.tests_of(test.artifact)) ==
          of(manifest.tests(), [&](const TestResult& one) { return one.artifact == test.artifact; }));
    CHECK(ids(index.signatures_in(signature.artifact)) ==
          of(manifest.signatures(), [&](const Signature& one) { return one.artifact == signature.artifact; }));
    CHECK(ids(index.signatures_over(signature.unsigned_sha256)) ==
          of(manifest.signatures(),
             [&](const Signature& one) { return one.unsigned_sha256 == signature.unsigned_sha256; }));
    CHECK(ids(index.tasks_of(task.source)) ==
          of(manifest.tasks(), [&](const Task& one) { return one.source == task.source; }));
    CHECK(index.tasks_of(task.source).size() >= 3);
    CHECK(index.tests_of("none").empty());
    CHECK(index.signatures_in("none").empty());
    CHECK(index.signatures_over("none").empty());
    CHECK(index.tasks_of("none").empty());
}

TEST_CASE("manifest: the tasks of a file stand in the order of the table, each once, also when one learns of it later")
{
    Manifest manifest;
    Task task = full().tasks().at(0);
    task.artifacts = {b64};
    task.log = task.buildroot = a64;
    for (const char* id : {"one", "two", "three"}) {
        task.id = id;
        REQUIRE(manifest.add(task));
    }
    auto ids = [&](const std::string& file) {
        std::string text;
        for (const Task* one : manifest.tasks_with(file))
            text += one->id + " ";
        return text;
    };
    CHECK(ids(a64) == "one two three ");
    CHECK(ids(b64) == "one two three ");
    CHECK(manifest.is_of_task(a64, manifest.tasks()[1]));
    CHECK_FALSE(manifest.is_of_task(std::string(64, 'c'), manifest.tasks()[1]));
    // A log is no product.
    CHECK(manifest.task_of(artifact(b64)) == &manifest.tasks()[0]);
    CHECK(manifest.task_of(artifact(a64)) == nullptr);
    // Read from a text the members come all at once; a merge may add them.
    Json bare = manifest.json();
    Json& second = bare.find("tasks")->elements()->at(1);
    Json without = Json::object();
    for (const Json::Member& member : *second.members())
        if (member.key != "log" && member.key != "buildroot")
            without.set(member.key, member.value);
    second = without;
    if (auto part = Manifest::parse(write_json(bare))) {
        CHECK(part->tasks_with(a64).size() == 2);
        REQUIRE(part->merge(manifest));
        REQUIRE(part->tasks_with(a64).size() == 3);
        CHECK(part->tasks_with(a64)[1]->id == "two");
    }
}
