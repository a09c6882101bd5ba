// SPDX-License-Identifier: GPL-3.0-or-later
// A run of the tests of one artifact, which one statement is about: all its checks, those that were skipped too. Logs
// of before have a statement for each check instead; both are read here.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/manifest/manifest.hpp"
#include "base/result.hpp"

namespace albs {

struct TestRun {
    JsonText artifact;
    JsonText task;                         ///< plain id of the task that made it
    std::vector<const TestResult*> checks; ///< of the manifest, by name
};

/// The runs that the tests of a manifest tell of, in the order of the table. Where checks have several attempts, run
/// number N has the Nth of each, or the last that there is: so every test is in a run, and the last run is complete.
std::vector<TestRun> test_runs(const Manifest& manifest);

/// {"record": "test", "artifact", "task", "checks": [{"name", "status", "reason", "log"}]}
Json test_run_binding(const TestRun& run);
/// Whether what a statement binds is a run, and not one check.
bool lists_checks(const Json& stated);
/// The binding again, made from the records. Kind::trust when the manifest lacks a check that STATED lists, or has it
/// in other words.
Result<Json> recorded_run(const Manifest& manifest, std::string_view artifact, const Json& stated);

/// When its checks were done, for the predicate of a statement: "finishedOn" (the last of the times) and, where they
/// differ or some have none, "testsFinishedOn" ({NAME: TIME or null}). No member when no check has a time.
void set_times(Json& predicate, const TestRun& run);

struct StatedCheck {
    std::string name;      ///< "TASK/NAME"
    std::string status;    ///< "pass", "fail", "skip"
    std::string time = {}; ///< when it was done, RFC 3339; empty: the statement does not say
    bool tries_out = true; ///< as tries_out() says of NAME
};
/// The checks that a statement about a run tells of, or one about a single check. None for another statement.
std::vector<StatedCheck> stated_checks(const Json& statement);
/// The statement without the times of set_times(): equal for runs with the same results.
std::string text_without_times(const Json& statement);

/// One text for each check of a run, or of a statement about one check: that of test_key() for an equal record.
std::vector<std::string> stated_tests(const Json& stated);
std::string test_key(const TestResult& test);

} // namespace albs
