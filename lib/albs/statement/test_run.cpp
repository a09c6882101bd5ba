// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/test_run.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "albs/json/difference.hpp"
#include "albs/json/fields.hpp"
#include "albs/statement/statement.hpp"
#include "base/format.hpp"
#include "base/time.hpp"

namespace albs {
namespace {

Json check_of(const TestResult& test)
{
    return Json::object({{"name", test.name},
                         {"status", test.status},
                         {"reason", optional_json(test.reason)},
                         {"log", test.log ? Json(*test.log) : Json()}});
}

std::string key_of(std::string_view artifact, std::string_view task, const Json& check)
{
    Json key = Json::object({{"artifact", artifact}, {"task", task}});
    for (std::string_view member : {"name", "status", "reason", "log"}) {
        const Json* value = check.find(member);
        key.set(member, value == nullptr ? Json() : *value);
    }
    return canonical_json(key);
}

// Why no record is the check that a statement lists.
tl::unexpected<Error> unlike(const std::string& id, const Json& stated, const std::vector<Json>& recorded)
{
    if (recorded.empty())
        return fail(Kind::trust, format_text("the ledger recorded the test '{}' with the result {}, the manifest lacks "
                                             "it",
                                             id, short_json(stated)));
    Difference difference = first_difference("", stated, recorded.front());
    return fail(Kind::trust, format_text("the ledger recorded {} {} of the test '{}', the manifest says {}",
                                         difference.path.substr(std::min<std::size_t>(1, difference.path.size())),
                                         difference.first, id, difference.second));
}

} // namespace

std::vector<TestRun> test_runs(const Manifest& manifest)
{
    struct Group {
        JsonText artifact;
        JsonText task;
        std::map<std::string_view, std::vector<const TestResult*>> attempts; // by name
    };
    std::vector<Group> groups;
    std::unordered_map<std::string, std::size_t> places;
    for (const TestResult& test : manifest.tests()) {
        auto [place, is_new] = places.try_emplace(format_text("{}/{}", test.artifact, test.task), groups.size());
        if (is_new)
            groups.push_back({test.artifact, test.task, {}});
        groups[place->second].attempts[test.name].push_back(&test);
    }
    std::vector<TestRun> runs;
    for (const Group& group : groups) {
        std::size_t rounds = 0;
        for (const auto& [name, attempts] : group.attempts)
            rounds = std::max(rounds, attempts.size());
        for (std::size_t round = 0; round < rounds; ++round) {
            TestRun run{group.artifact, group.task, {}};
            for (const auto& [name, attempts] : group.attempts)
                run.checks.push_back(attempts[std::min(round, attempts.size() - 1)]);
            runs.push_back(std::move(run));
        }
    }
    return runs;
}

Json test_run_binding(const TestRun& run)
{
    Json checks = Json::array();
    for (const TestResult* test : run.checks)
        checks.push(check_of(*test));
    return Json::object(
        {{"record", "test"}, {"artifact", run.artifact}, {"task", run.task}, {"checks", std::move(checks)}});
}

bool lists_checks(const Json& stated)
{
    const Json* checks = stated.find("checks");
    return checks != nullptr && checks->elements() != nullptr;
}

Result<Json> recorded_run(const Manifest& manifest, std::string_view artifact, const Json& stated)
{
    const std::string task = text_member(stated, "task");
    std::map<std::string, std::vector<Json>> recorded; // by name
    for (const TestResult* test : manifest.tests_of(artifact))
        if (test->task == task)
            recorded[test->name].push_back(check_of(*test));
    Json checks = Json::array();
    for (const Json& check : *stated.find("checks")->elements()) {
        std::vector<Json>& attempts = recorded[text_member(check, "name")];
        std::string wanted = canonical_json(check);
        auto same = std::find_if(attempts.begin(), attempts.end(),
                                 [&](const Json& one) { return canonical_json(one) == wanted; });
        if (same == attempts.end())
            return unlike(format_text("{}/{}", artifact, text_member(check, "name")), check, attempts);
        checks.push(*same);
    }
    return Json::object({{"record", "test"}, {"artifact", artifact}, {"task", task}, {"checks", std::move(checks)}});
}

void set_times(Json& predicate, const TestRun& run)
{
    std::string last;
    bool are_equal = true;
    for (const TestResult* test : run.checks) {
        const std::string time = test->finished ? std::string(*test->finished) : "";
        are_equal =
            are_equal && time == (run.checks.front()->finished ? std::string(*run.checks.front()->finished) : "");
        last = std::max(last, time);
    }
    if (last.empty())
        return;
    predicate.set("finishedOn", last);
    if (are_equal)
        return;
    Json times = Json::object();
    for (const TestResult* test : run.checks)
        times.set(test->name, test->finished ? Json(*test->finished) : Json());
    predicate.set("testsFinishedOn", std::move(times));
}

std::vector<StatedCheck> stated_checks(const Json& statement)
{
    Result<Json> stated = stated_binding(statement);
    if (!stated)
        return {};
    const Json& predicate = *statement.find("predicate");
    const Json* times = predicate.find("testsFinishedOn");
    const std::string task = text_member(*stated, "task");
    auto read = [&](const Json& check) {
        const std::string name = text_member(check, "name");
        std::string time = times == nullptr ? text_member(predicate, "finishedOn") : text_member(*times, name);
        return StatedCheck{.name = format_text("{}/{}", task, name),
                           .status = text_member(check, "status"),
                           .time = parse_time(time) ? time : "",
                           .tries_out = tries_out(name)};
    };
    if (!lists_checks(*stated))
        return {read(*stated)};
    std::vector<StatedCheck> checks;
    for (const Json& check : *stated->find("checks")->elements())
        checks.push_back(read(check));
    return checks;
}

std::string text_without_times(const Json& statement)
{
    Json copy = statement;
    if (Json* predicate = copy.find("predicate"); predicate != nullptr && predicate->is_object())
        for (const char* member : {"finishedOn", "testsFinishedOn"})
            predicate->set(member, "");
    return canonical_json(copy);
}

std::vector<std::string> stated_tests(const Json& stated)
{
    const std::string artifact = text_member(stated, "artifact");
    const std::string task = text_member(stated, "task");
    if (!lists_checks(stated))
        return {key_of(artifact, task, stated)};
    std::vector<std::string> keys;
    for (const Json& check : *stated.find("checks")->elements())
        keys.push_back(key_of(artifact, task, check));
    return keys;
}

std::string test_key(const TestResult& test)
{
    return key_of(test.artifact, test.task, check_of(test));
}

} // namespace albs
