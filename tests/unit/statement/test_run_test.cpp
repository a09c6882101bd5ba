// SPDX-License-Identifier: GPL-3.0-or-later
// One statement for the tests of an artifact, and what it is compared with.
#include "albs/statement/test_run.hpp"

#include <doctest/doctest.h>

#include "albs/statement/binding.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/voucher.hpp"

using namespace albs;

namespace {

const std::string a64(64, 'a');

TestResult check(const std::string& name, const std::string& status, const std::string& task = "s@1/host/x86_64")
{
    TestResult test{
        .id = a64 + "/" + name, .artifact = a64, .task = task, .name = name, .status = status, .reason = {}, .log = {}};
    if (status != "pass")
        test.reason = "because";
    return test;
}

Manifest with(const std::vector<TestResult>& tests)
{
    Manifest manifest;
    for (const TestResult& test : tests)
        REQUIRE(manifest.add(test));
    return manifest;
}

std::string shown(const TestRun& run)
{
    std::string text = run.task + ":";
    for (const TestResult* test : run.checks)
        text += " " + test->name + "=" + test->status;
    return text;
}

std::vector<std::string> shown(const Manifest& manifest)
{
    std::vector<std::string> runs;
    for (const TestRun& run : test_runs(manifest))
        runs.push_back(shown(run));
    return runs;
}

} // namespace

TEST_CASE("test run: one for each task that made the artifact, and one more for each further attempt")
{
    using Shown = std::vector<std::string>;
    CHECK(shown(Manifest()).empty());
    CHECK(shown(with({check("remove", "skip"), check("install", "pass")})) ==
          Shown{"s@1/host/x86_64: install=pass remove=skip"});
    CHECK(shown(with({check("install", "pass"), check("install", "pass", "s@1/host/i686")})) ==
          Shown{"s@1/host/x86_64: install=pass", "s@1/host/i686: install=pass"});
    CHECK(shown(with({check("install", "fail"), check("remove", "pass"), check("install", "pass")})) ==
          Shown{"s@1/host/x86_64: install=fail remove=pass", "s@1/host/x86_64: install=pass remove=pass"});
}

TEST_CASE("test run: the binding, written out, and made again from the records")
{
    Manifest manifest = with({check("remove", "skip"), check("install", "pass"), check("fits", "fail")});
    Json binding = test_run_binding(test_runs(manifest)[0]);
    CHECK(write_json(binding) ==
          R"({"record":"test","artifact":")" + a64 +
              R"(","task":"s@1/host/x86_64","checks":[{"name":"fits","status":"fail","reason":"because","log":null},)"
              R"({"name":"install","status":"pass","reason":null,"log":null},)"
              R"({"name":"remove","status":"skip","reason":"because","log":null}]})");
    CHECK(lists_checks(binding));
    CHECK(*recorded_run(manifest, a64, binding) == binding);
    CHECK(expected_bindings(manifest, "test", a64, binding)->front() == binding);
    // More tests, and other attempts, take nothing away.
    REQUIRE(manifest.add(check("more", "pass")));
    REQUIRE(manifest.add(check("fits", "pass")));
    CHECK(*recorded_run(manifest, a64, binding) == binding);

    std::vector<std::string> keys = stated_tests(binding);
    CHECK(keys.size() == 3);
    CHECK(keys[0] == test_key(check("fits", "fail")));
    CHECK(keys == said_in(binding));
    // Of before: one check.
    Json old = test_binding(check("fits", "fail"));
    CHECK_FALSE(lists_checks(old));
    CHECK(stated_tests(old) == std::vector<std::string>{keys[0]});
}

TEST_CASE("test run: a check that was taken out or changed is found, with its name")
{
    Json binding = test_run_binding(test_runs(with({check("install", "fail"), check("remove", "pass")}))[0]);
    auto why = [&](const std::vector<TestResult>& tests) {
        auto made = recorded_run(with(tests), a64, binding);
        REQUIRE(!made);
        CHECK(made.error().kind == Kind::trust);
        return made.error().message;
    };
    CHECK(why({check("remove", "pass")}) ==
          "the ledger recorded the test '" + a64 +
              "/install' with the result "
              R"({"name":"install","status":"fail","reason":"because","log":null}, the manifest lacks it)");
    CHECK(why({check("install", "skip"), check("remove", "pass")}) ==
          R"(the ledger recorded status "fail" of the test ')" + a64 + R"(/install', the manifest says "skip")");
    CHECK(why({check("install", "fail", "s@1/host/i686"), check("remove", "pass")}).find("lacks it") !=
          std::string::npos);
    // A binding that says more than its records is not made again.
    Json more = binding;
    more.find("checks")->elements()->front().set("seen", true);
    CHECK(!recorded_run(with({check("install", "fail"), check("remove", "pass")}), a64, more));
}

TEST_CASE("test run: the statement has the lists")
{
    auto statement = [](const std::vector<TestResult>& tests) {
        std::vector<Draft> drafts = drafts_of(with(tests), {.key = a64, .origin = "log.example.org"});
        REQUIRE(drafts.size() == 1);
        CHECK(drafts[0].kind == "test");
        CHECK(drafts[0].about == a64);
        CHECK(drafts[0].subject == a64);
        return drafts[0].statement;
    };
    auto predicate = [](const Json& said, std::string_view member) {
        return write_json(*said.find("predicate")->find(member));
    };
    Json mixed = statement({check("b", "pass"), check("a", "pass"), check("c", "fail"), check("d", "skip")});
    CHECK(predicate(mixed, "result") == R"("FAILED")");
    CHECK(predicate(mixed, "passedTests") == R"(["a","b"])");
    CHECK(predicate(mixed, "failedTests") == R"(["c"])");
    CHECK(predicate(mixed, "skippedTests") == R"(["d"])");
    Json good = statement({check("b", "pass"), check("d", "skip")});
    CHECK(predicate(good, "result") == R"("PASSED")");
    Json skipped = statement({check("d", "skip")});
    CHECK(predicate(skipped, "result") == R"("WARNED")");
    auto stated = stated_checks(mixed);
    REQUIRE(stated.size() == 4);
    CHECK(stated[2].name.ends_with("/c"));
    CHECK(stated[2].status == "fail");
}

TEST_CASE("test run: the statement has the times, of each test where they differ")
{
    auto at = [](TestResult test, const std::string& time) {
        test.finished = time;
        return test;
    };
    auto statement = [](const std::vector<TestResult>& tests) {
        return drafts_of(with(tests), {.key = a64, .origin = "log.example.org"}).at(0).statement;
    };
    const std::string early = "2026-01-01T00:00:00Z";
    const std::string late = "2026-01-02T00:00:00Z";
    auto times = [](const Json& said) {
        std::string all;
        for (const StatedCheck& one : stated_checks(said))
            all += one.time + " ";
        return all;
    };
    const Json none = statement({check("a", "pass")});
    CHECK(none.find("predicate")->find("finishedOn") == nullptr);
    CHECK(times(none) == " ");
    const Json equal = statement({at(check("a", "pass"), early), at(check("b", "pass"), early)});
    CHECK(equal.find("predicate")->find("testsFinishedOn") == nullptr);
    CHECK(times(equal) == early + " " + early + " ");
    const Json mixed = statement({at(check("a", "pass"), early), at(check("b", "pass"), late), check("c", "pass")});
    CHECK(*mixed.find("predicate")->find("finishedOn")->string() == late);
    CHECK(times(mixed) == early + " " + late + "  ");
    CHECK(text_without_times(statement({check("a", "pass")})) ==
          text_without_times(statement({at(check("a", "pass"), late)})));
    CHECK(text_without_times(statement({check("a", "pass")})) != text_without_times(statement({check("a", "fail")})));
    Json odd = equal;
    odd.find("predicate")->set("finishedOn", "zzz");
    CHECK(times(odd) == "  ");
}
