// SPDX-License-Identifier: GPL-3.0-or-later
// What honest runs make can be merged: the same thing done twice is one record or two attempts, in whatever order the
// manifests are read, and however often.
#include "albs/manifest/attempts.hpp"

#include <doctest/doctest.h>

#include "albs/manifest/manifest.hpp"
#include "unit/manifest/full_manifest.hpp"

using namespace albs;
using namespace manifest_test;

namespace {

template <class... Records> Manifest with(const Records&... records)
{
    Manifest manifest;
    auto add = [&](const auto& record) { REQUIRE(manifest.add(record)); };
    (add(records), ...);
    return manifest;
}

Task task(std::string status, std::string finished)
{
    Task one = full().tasks()[0];
    one.reason.reset();
    one.status = status;
    one.started = one.finished = std::move(finished);
    return one;
}

TestResult check(const std::string& status)
{
    TestResult one = full().tests()[0];
    one.status = status;
    return one;
}

} // namespace

TEST_CASE("attempts: a failed task and the later one that succeeded, in both orders")
{
    const Manifest failed = with(task("failed", "2026-01-01T00:00:00Z"));
    const Manifest built = with(task("ok", "2026-01-02T00:00:00Z"));
    const std::string plain = failed.tasks()[0].id;
    for (const Manifest& both : {merged(failed, built), merged(built, failed)}) {
        REQUIRE(both.tasks().size() == 2);
        CHECK(both.tasks()[0].id == plain);
        CHECK_FALSE(both.tasks()[0].follows.has_value());
        CHECK(both.tasks()[1].id.starts_with(plain + "@"));
        CHECK(both.tasks()[1].id.size() == plain.size() + 13);
        CHECK(both.tasks()[1].follows == JsonText(plain));
        CHECK(plain_id(both.tasks()[1]) == plain);
        CHECK(both.attempts<Task>(plain).size() == 2);
        CHECK(both.task(plain)->status == "ok");
        REQUIRE(both.in_force<Task>().size() == 1);
        CHECK(both.in_force<Task>()[0]->status == "ok");
        // A manifest with attempts is a manifest like any other.
        Manifest read = *Manifest::parse(both.text());
        CHECK(read.task(plain)->status == "ok");
        CHECK(merged(read, both).digest() == both.digest());
        CHECK(merged(read, failed).digest() == both.digest());
        CHECK(merged(read, built).digest() == both.digest());
        CHECK(merged(merged(failed, built), merged(built, failed)).tasks().size() == 2);
    }
    // A third attempt follows the second.
    Manifest three = merged(merged(failed, built), with(task("failed", "2026-01-03T00:00:00Z")));
    CHECK(three.tasks().size() == 2); // it says what the first said, later
    CHECK(three.task(plain)->status == "failed");
    Task other = task("ok", "2026-01-04T00:00:00Z");
    other.artifacts = {a64};
    three = merged(three, with(other));
    REQUIRE(three.tasks().size() == 3);
    CHECK(three.tasks()[2].follows == JsonText(three.tasks()[1].id));
    CHECK(three.task(plain) == &three.tasks()[2]);
}

TEST_CASE("attempts: the same task at another time is one record, with the times of the later")
{
    const Manifest early = with(task("ok", "2026-01-01T00:00:00Z"));
    const Manifest late = with(task("ok", "2026-01-02T00:00:00Z"));
    CHECK(merged(early, late).text() == late.text());
    CHECK(merged(late, early).text() == late.text());
}

TEST_CASE("attempts: a commit from two mirrors, with and without a keyring, in two source packages")
{
    const Source first = full().sources()[0];
    Source mirror = first;
    mirror.url = "https://mirror.example.org/hello.git";
    Source unchecked = first;
    unchecked.signature = {.status = "unknown-key", .key = {}, .signer = {}};
    Source repackaged = first;
    repackaged.srpm = b64;
    Source renamed_key = first;
    renamed_key.signature.signer = "Somebody <somebody@example.org>";
    renamed_key.lookaside[0].url = "https://mirror.example.org/hello";
    for (const Source& other : {mirror, unchecked, repackaged}) {
        Manifest both = merged(with(first), with(other));
        REQUIRE(both.sources().size() == 2);
        CHECK(both.source(first.id) == &both.sources()[1]);
        CHECK(merged(both, with(other)).digest() == both.digest());
    }
    CHECK(merged(with(first), with(renamed_key)).digest() == with(first).digest());
}

TEST_CASE("attempts: tests on two machines; what was skipped does not replace what was not")
{
    const std::string id = check("pass").id;
    Manifest failed_later = merged(with(check("pass")), with(check("fail")));
    CHECK(failed_later.in_force<TestResult>().at(0)->status == "fail");
    Manifest passed_later = merged(with(check("fail")), with(check("pass")));
    CHECK(passed_later.in_force<TestResult>().at(0)->status == "pass");
    for (const Manifest& both :
         {merged(with(check("skip")), with(check("fail"))), merged(with(check("fail")), with(check("skip")))}) {
        REQUIRE(both.in_force<TestResult>().size() == 1);
        CHECK(both.in_force<TestResult>()[0]->status == "fail");
    }
    // For another task it is another question, and both answers count.
    TestResult elsewhere = check("fail");
    elsewhere.task = "hello@0123456789ab/host/i686";
    for (const Manifest& both :
         {merged(with(check("pass")), with(elsewhere)), merged(with(elsewhere), with(check("pass")))})
        CHECK(both.in_force<TestResult>().size() == 2);
}

TEST_CASE("attempts: of one content")
{
    const Artifact package = full().artifacts()[0];
    Artifact file = package;
    file.name = "renamed.rpm";
    file.kind = "file";
    file.rpm.reset();
    file.unsigned_sha256.reset();
    Manifest both = merged(with(file), with(package));
    REQUIRE(both.artifacts().size() == 1);
    CHECK(both.artifacts()[0].kind == package.kind);
    CHECK(both.artifacts()[0].rpm->nevra == package.rpm->nevra);
    CHECK(both.artifacts()[0].unsigned_sha256 == package.unsigned_sha256);
    CHECK(both.artifacts()[0].name == "renamed.rpm");
    CHECK(both.artifacts()[0].names == std::vector<JsonText>{package.name});
    both = merged(with(package), with(file));
    CHECK(both.artifacts()[0].kind == package.kind);
    CHECK(both.artifacts()[0].names == std::vector<JsonText>{"renamed.rpm"});
}

TEST_CASE("attempts: what no honest run makes is a contradiction, with record and member named whole")
{
    auto why = [](const auto& known, const auto& added) {
        Manifest first = with(known);
        Status status = first.merge(with(added));
        REQUIRE(!status);
        CHECK(status.error().kind == Kind::trust);
        CHECK(first.text() == with(known).text());
        return status.error().message;
    };
    Source source = full().sources()[0];
    source.tree = std::string(40, '0');
    CHECK(why(full().sources()[0], source) ==
          "two records of sources 'hello@0123456789ab' contradict each other in 'tree': "
          "\"89abcdef0123456789abcdef0123456789abcdef\" and \"0000000000000000000000000000000000000000\"");
    source = full().sources()[0];
    source.commit = std::string(40, '0');
    CHECK(why(full().sources()[0], source).find("'commit'") != std::string::npos);
    source = full().sources()[0];
    source.lookaside[0].sha256 = a64;
    CHECK(why(full().sources()[0], source).find("'lookaside 'SOURCES/hello.tar.gz'.sha256': ") != std::string::npos);
    Artifact artifact = full().artifacts()[0];
    artifact.size += 1;
    CHECK(why(full().artifacts()[0], artifact).find("'size'") != std::string::npos);
    artifact = full().artifacts()[0];
    artifact.rpm->nevra = "other-1-1.noarch";
    CHECK(why(full().artifacts()[0], artifact).find("'rpm.nevra': ") != std::string::npos);
    Signature signature = full().signatures()[0];
    signature.created = "2020-01-01T00:00:00Z";
    CHECK(why(full().signatures()[0], signature).find("'created'") != std::string::npos);
    Erratum erratum = full().errata()[0];
    erratum.updated = "2020-01-01T00:00:00Z";
    CHECK(why(full().errata()[0], erratum).find("'updated'") != std::string::npos);
    Task moved = full().tasks()[0];
    moved.arch = "x86_64";
    CHECK(why(full().tasks()[0], moved).find("'arch'") != std::string::npos);
}

TEST_CASE("attempts: members that no version knows stay with the record that has them, and are no attempt")
{
    Json more = to_json(task("ok", "2026-01-01T00:00:00Z"));
    more.set("x-more", 1);
    Manifest known = with(task("ok", "2026-01-01T00:00:00Z"));
    REQUIRE(known.add_record("tasks", more));
    CHECK(known.tasks().size() == 1);
    more.set("x-more", 2);
    CHECK(known.add_record("tasks", more).error().kind == Kind::trust);
    more.set("status", "failed");
    REQUIRE(known.add_record("tasks", more));
    CHECK(known.tasks().size() == 2);
    // Null, absent and an empty list are the same.
    Json bare = to_json(task("ok", "2026-01-01T00:00:00Z"));
    for (std::string_view member : {"log", "options"})
        bare.set(member, nullptr);
    Json empty = bare;
    empty.set("options", Json::array());
    Manifest one;
    REQUIRE(one.add_record("tasks", bare));
    REQUIRE(one.add_record("tasks", empty));
    CHECK(one.tasks().size() == 1);
}

TEST_CASE("attempts: an id that is not of its content is found out, and one that is no later id is refused")
{
    Manifest both = merged(with(task("failed", "2026-01-01T00:00:00Z")), with(task("ok", "2026-01-02T00:00:00Z")));
    Json root = both.json();
    root.find("tasks")->elements()->at(1).set("network", !both.tasks()[1].network);
    Manifest changed = *Manifest::parse(write_json(root));
    Status status = changed.merge(both);
    REQUIRE(!status);
    CHECK(status.error().kind == Kind::trust);
    CHECK(status.error().message.find("the id is that of another content") != std::string::npos);
    for (const char* id : {"x", "x@123456789abZ", "x#123456789abc", "@123456789abc", "x@123456789ab"}) {
        root.find("tasks")->elements()->at(1).set("id", id);
        Result<Manifest> refused = Manifest::parse(write_json(root));
        REQUIRE(!refused);
        CHECK(refused.error().kind == Kind::input);
        CHECK(refused.error().message.find("tasks[1]: id: follows another attempt") != std::string::npos);
    }
}

TEST_CASE("attempts: a part of a manifest has a later attempt without the first")
{
    Manifest both = merged(with(task("failed", "2026-01-01T00:00:00Z")), with(task("ok", "2026-01-02T00:00:00Z")));
    Manifest part = with(both.tasks()[1]);
    const std::string plain(plain_id(part.tasks()[0]));
    CHECK(part.task(plain) == &part.tasks()[0]);
    CHECK(merged(part, both).tasks().size() == 2);
    CHECK(merged(part, with(task("ok", "2026-01-02T00:00:00Z"))).digest() == part.digest());
    CHECK(merged(both, part).digest() == both.digest());
    CHECK(merged(part, with(task("failed", "2026-01-01T00:00:00Z"))).task(plain)->status == "ok");
}
