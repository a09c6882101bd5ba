// SPDX-License-Identifier: GPL-3.0-or-later
#include "other_checkers.hpp"

#include <algorithm>

#include "albs/json/fields.hpp"
#include "base/digest.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/visible.hpp"
#include "root.hpp"
#include "sys/file.hpp"
#include "sys/given_file.hpp"
#include "sys/process.hpp"

namespace albs::test {
namespace {

constexpr std::string_view rpmlint_test = "inspect/rpmlint";
constexpr std::size_t max_waivers = std::size_t{1} << 20;
constexpr std::string_view rpminspect_test = "inspect/rpminspect";

std::string test_of(const std::string& program)
{
    return "inspect/" + program;
}

/// The first failure, else the first warning, and how many more there are.
Finding finding_of(std::string_view test, const std::vector<std::string>& failures,
                   const std::vector<std::string>& warnings, std::string log)
{
    const std::vector<std::string>& told = failures.empty() ? warnings : failures;
    std::string reason = told.empty() ? std::string() : escape_hidden(told.front());
    if (told.size() > 1)
        reason += format_text(" (and {} more)", told.size() - 1);
    return {std::string(test), failures.empty() ? "pass" : "fail", std::move(reason), std::move(log)};
}

Finding unreadable(std::string_view test, const std::string& why, const std::string& log)
{
    return {std::string(test), "skip", why, log};
}

/// The JSON document in what was printed: there may be warnings around it.
Result<Json> document_in(const std::string& output)
{
    const std::size_t start = output.find('{');
    const std::size_t end = output.rfind('}');
    if (start == output.npos || end == output.npos || end < start)
        return fail(Kind::input, "no JSON");
    return read_json(output.substr(start, end - start + 1));
}

} // namespace

Finding judge_rpmlint(const std::string& output)
{
    std::vector<std::string> failures;
    std::vector<std::string> warnings;
    std::string log;
    for (const std::string& line : split_lines(output)) {
        const std::size_t error = line.find(": E: ");
        const std::size_t warning = line.find(": W: ");
        if (error == line.npos && warning == line.npos)
            continue;
        if (line.starts_with("(none): E: fatal error"))
            return unreadable(rpmlint_test, "rpmlint fails: " + escape_hidden(line.substr(error + 5)), output);
        log += line + "\n";
        if (error != line.npos)
            failures.push_back(line.substr(error + 5));
        else
            warnings.push_back(line.substr(warning + 5));
    }
    const bool has_ended = output.find(" specfiles checked; ") != output.npos;
    if (!has_ended)
        return unreadable(rpmlint_test, "rpmlint did not come to its end", output);
    return finding_of(rpmlint_test, failures, warnings, std::move(log));
}

Finding judge_rpminspect(const std::string& output)
{
    Result<Json> document = document_in(output);
    if (!document || !document->is_object())
        return unreadable(rpminspect_test, "rpminspect did not come to its end", output);
    std::vector<std::string> failures;
    std::vector<std::string> warnings;
    std::string log;
    for (const auto& [inspection, results] : *document->members()) {
        if (results.elements() == nullptr)
            continue;
        for (const Json& one : *results.elements()) {
            const std::string result = text_member(one, "result");
            const std::string line = format_text("{}: {}", inspection, text_member(one, "message"));
            log += format_text("{} {}\n", result, line);
            if (result == "BAD" || result == "VERIFY")
                failures.push_back(line);
            else if (result == "WAIVED" || (result == "INFO" && one.find("message") != nullptr))
                warnings.push_back(line);
        }
    }
    return finding_of(rpminspect_test, failures, warnings, std::move(log));
}

Result<OtherCheckers> OtherCheckers::make(const Options& options)
{
    OtherCheckers checkers;
    checkers.timeout_s_ = options.timeout;
    ALBS_TRY(sys::TemporaryDirectory copies, sys::TemporaryDirectory::make("waivers"));
    checkers.copies_ = std::make_unique<sys::TemporaryDirectory>(std::move(copies));
    if (!options.rpmlintrc.empty() && !options.with_rpmlint)
        return fail(Kind::usage, "--rpmlintrc is for --with-rpmlint");
    if (!options.rpminspect_config.empty() && !options.with_rpminspect)
        return fail(Kind::usage, "--rpminspect-config is for --with-rpminspect");
    if (options.with_rpmlint)
        checkers.checkers_.push_back({"rpmlint", options.rpmlintrc});
    if (options.with_rpminspect)
        checkers.checkers_.push_back({"rpminspect", options.rpminspect_config});
    for (Checker& checker : checkers.checkers_) {
        ALBS_CHECK(sys::find_program(checker.program));
        sys::Command command;
        command.argv = {checker.program, "--version"};
        ALBS_TRY(sys::ProcessResult version, sys::run(command));
        std::string identity = checker.program + " " + std::string(trimmed(version.out));
        if (!checker.waivers.empty()) {
            // A copy, since it may come through a pipe.
            ALBS_TRY(const std::string text, sys::read_given(checker.waivers, max_waivers));
            checker.waivers = checkers.copies_->path() + "/" + checker.program;
            ALBS_CHECK(sys::write_file(checker.waivers, text));
            identity += " " + sha256(text).hex();
        }
        checkers.identity_.push_back(std::move(identity));
    }
    return checkers;
}

std::vector<std::string> OtherCheckers::names() const
{
    std::vector<std::string> list;
    for (const Checker& checker : checkers_)
        list.push_back(test_of(checker.program));
    return list;
}

Result<Finding> OtherCheckers::run(const Checker& checker, const TestedPackage& subject) const
{
    static const BaseRoot machine;
    ALBS_TRY(Root root, Root::make(machine, {}, timeout_s_));
    const bool is_rpmlint = checker.program == "rpmlint";
    std::vector<PackageFile> files = {{subject.path, subject.file_name()}};
    std::vector<std::string> argv = {checker.program};
    if (is_rpmlint)
        argv.emplace_back("--ignore-unused-rpmlintrc");
    else
        argv.emplace_back("--format=json");
    if (!checker.waivers.empty()) {
        files.push_back({checker.waivers, "waivers"});
        argv.insert(argv.end(), {is_rpmlint ? "--rpmlintrc" : "--config", "/builddir/waivers"});
    }
    argv.push_back("/builddir/" + subject.file_name());
    ALBS_TRY(Step step, root.command(argv, files));
    if (step.reason.starts_with("not done") || step.reason.starts_with("more than"))
        return unreadable(test_of(checker.program), checker.program + ": " + step.reason, step.log);
    return is_rpmlint ? judge_rpmlint(step.log) : judge_rpminspect(step.log);
}

Status OtherCheckers::check(TestedPackage& subject, const SkipRules& rules) const
{
    for (const Checker& checker : checkers_) {
        const std::string test = test_of(checker.program);
        const std::int64_t begun_ms = monotonic_ms();
        ALBS_TRY(Finding finding, run(checker, subject));
        finding.elapsed_ms = monotonic_ms() - begun_ms;
        const std::string name = subject.package ? std::string(subject.package->info.name) : subject.label();
        if (const std::optional<std::string> rule = rules.find(name, test)) {
            finding.reason = finding.reason.empty() ? *rule : format_text("{} (overrules: {})", *rule, finding.reason);
            finding.status = "skip";
        }
        subject.findings.push_back(std::move(finding));
    }
    return {};
}

} // namespace albs::test
