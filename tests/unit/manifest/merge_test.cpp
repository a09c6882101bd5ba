// SPDX-License-Identifier: GPL-3.0-or-later
// Also of: manifest/merge, manifest/merge_artifacts, manifest/merge_rules
#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "albs/manifest/manifest.hpp"
#include "unit/manifest/full_manifest.hpp"

using namespace albs;
using namespace manifest_test;

namespace {

/// What a run may have fetched, built, tested and signed, of which other runs do the same with other results.
class Runs {
    template <class... Values> auto pick(Values... values)
    {
        std::array list{values...};
        return list[random_() % list.size()];
    }

public:
    Manifest next()
    {
        Source source = full().sources()[0];
        source.url = pick("https://a.example.org", "https://b.example.org");
        source.signature.status = pick("good", "unknown-key");
        source.srpm = pick(a64, b64);
        Task built = full().tasks()[0];
        built.status = pick("ok", "failed", "skipped");
        if (built.status == "ok")
            built.reason.reset();
        built.artifacts = {JsonText(pick(a64, b64))};
        built.verified = pick(true, false);
        built.finished = "2026-01-01T00:00:" + std::to_string(10 + seconds_++ % 50) + "Z";
        TestResult test = full().tests()[0];
        test.status = pick("pass", "fail", "skip");
        test.task = pick("hello@0123456789ab/host/x86_64", "hello@0123456789ab/host/i686");
        Signature signature = full().signatures()[0];
        signature.waived = pick("", "because");
        Artifact file{.sha256 = a64,
                      .size = 5,
                      .name = pick("one", "two"),
                      .kind = pick("file", "log"),
                      .rpm = {},
                      .unsigned_sha256 = {}};
        Manifest run;
        REQUIRE(run.add(source));
        REQUIRE(run.add(built));
        REQUIRE(run.add(test));
        REQUIRE(run.add(signature));
        REQUIRE(run.add(file));
        return run;
    }
    std::mt19937& random() { return random_; }

private:
    std::mt19937 random_{20260101};
    int seconds_ = 0;
};

std::string task_in_force(const Manifest& manifest)
{
    const std::string plain = full().tasks()[0].id;
    Task task = *manifest.task(plain);
    task.id = plain;
    task.follows.reset();
    return write_json(to_json(task));
}

} // namespace

// Never a contradiction; the same again changes nothing; of tasks the attempt in force does not depend on the order.
TEST_CASE("merge: what honest runs make, in every order and however often")
{
    Runs all;
    for (int round = 0; round < 60; ++round) {
        std::vector<Manifest> runs;
        for (int i = 0; i < 6; ++i)
            runs.push_back(all.next());
        Manifest in_order;
        for (const Manifest& run : runs)
            in_order = merged(in_order, run);
        std::shuffle(runs.begin(), runs.end(), all.random());
        Manifest shuffled;
        for (const Manifest& run : runs)
            shuffled = merged(shuffled, run);
        CHECK(task_in_force(in_order) == task_in_force(shuffled));
        CHECK(in_order.in_force<Task>().size() == 1);
        CHECK(in_order.tasks().size() == shuffled.tasks().size());
        CHECK(in_order.sources().size() == shuffled.sources().size());
        CHECK(in_order.tests().size() == shuffled.tests().size());
        CHECK(merged(in_order, in_order).digest() == in_order.digest());
        CHECK(merged(in_order, shuffled).digest() == in_order.digest());
        for (const Manifest& run : runs)
            CHECK(merged(in_order, run).digest() == in_order.digest());
        CHECK(Manifest::parse(in_order.text())->digest() == in_order.digest());
    }
}

TEST_CASE("merging: a file that turns out to be a log is one, and a log is no package")
{
    Manifest manifest;
    Artifact artifact{
        .sha256 = sha256("a").hex(), .size = 1, .name = "a", .kind = "file", .rpm = {}, .unsigned_sha256 = {}};
    REQUIRE(manifest.add(artifact));
    artifact.kind = "log";
    REQUIRE(manifest.add(artifact));
    CHECK(manifest.artifacts()[0].kind == "log");
    artifact.kind = "rpm";
    Status changed = manifest.add(artifact);
    REQUIRE(!changed);
    CHECK(changed.error().kind == Kind::trust);
    CHECK(changed.error().message.find("contradict each other in 'kind'") != std::string::npos);
    CHECK(manifest.artifacts()[0].kind == "log");
}
