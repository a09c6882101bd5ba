// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_suites.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "albs/json/fields.hpp"
#include "base/format.hpp"
#include "result_cache.hpp"

namespace albs::test {
namespace {

/// "hello" of "hello@0123456789ab": what the source is of.
std::string source_name(const Task& task)
{
    return task.source.substr(0, task.source.rfind('@'));
}

Result<SuiteRun> plan(const SuiteStage& stage, PackagePool& pool, const Suite& suite,
                      const std::vector<TestedPackage*>& together)
{
    SuiteRun run;
    run.suite = &suite;
    run.base = &stage.base;
    run.source = source_name(together.front()->task);
    run.timeout_s = stage.timeout_s;
    ALBS_TRY(run.programs, suite.programs(run.source));
    std::set<std::string> paths; // of packages and companions
    for (const TestedPackage* subject : together) {
        run.packages.push_back({subject->path, subject->file_name()});
        paths.insert(subject->path);
    }
    for (const TestedPackage* subject : together) {
        ALBS_TRY(std::vector<PackageFile> companions, pool.companions(*subject));
        for (PackageFile& file : companions)
            if (paths.insert(file.path).second)
                run.companions.push_back(std::move(file));
    }
    return run;
}

/// The programs that are not skipped are run; all are told of.
Result<std::vector<Finding>> findings_of(const SuiteStage& stage, SuiteRun run)
{
    std::vector<Finding> skipped;
    std::erase_if(run.programs, [&](const std::string& program) {
        std::string name = "third-party/" + program;
        auto reason = stage.rules.find(run.source, name);
        if (reason)
            skipped.push_back({name, "skip", *reason, ""});
        return reason.has_value();
    });
    std::vector<Finding> findings;
    if (!run.programs.empty()) {
        ALBS_TRY(findings, run_suite(run));
    }
    findings.insert(findings.end(), skipped.begin(), skipped.end());
    std::sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) { return a.name < b.name; });
    return findings;
}

std::string key_of(const SuiteStage& stage, const SuiteRun& run, const std::string& task)
{
    Json key = stage.key;
    Json programs = Json::array();
    for (const std::string& program : run.programs)
        programs.push(Json::object(
            {{"name", program}, {"skip", optional_json(stage.rules.find(run.source, "third-party/" + program))}}));
    key.set("suite", run.suite->identity(run.source));
    key.set("programs", std::move(programs));
    key.set("task", task);
    return canonical_json(key);
}

} // namespace

Status run_suites(const SuiteStage& stage, PackagePool& pool, const std::vector<Suite>& suites,
                  const std::vector<TestedPackage*>& subjects)
{
    std::map<std::string, std::vector<TestedPackage*>> by_task;
    for (TestedPackage* subject : subjects)
        if (subject->has("install") && !subject->failed("install"))
            by_task[subject->task.id].push_back(subject);
    for (const Suite& suite : suites)
        for (const auto& [task, together] : by_task) {
            ALBS_TRY(SuiteRun run, plan(stage, pool, suite, together));
            if (run.programs.empty())
                continue; // not about this source package
            for (const std::string& program : run.programs)
                if (together.front()->has("third-party/" + program))
                    return fail(Kind::usage,
                                format_text("two suites of --tests have a test '{}' for {}", program, run.source));
            std::string key = key_of(stage, run, task);
            auto findings = recall(stage.workspace, key);
            if (!findings) {
                ALBS_TRY(findings, findings_of(stage, run));
                ALBS_CHECK(remember(stage.workspace, key, *findings));
            }
            for (TestedPackage* subject : together)
                subject->findings.insert(subject->findings.end(), findings->begin(), findings->end());
        }
    return {};
}

} // namespace albs::test
