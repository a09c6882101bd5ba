// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "albs/evidence/ledger_changes.hpp"
#include "albs/manifest/lineage.hpp"
#include "base/format.hpp"
#include "report.hpp"
#include "rpm/library.hpp"
#include "run_group.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"

namespace albs::test {
namespace {

/// In the order of the manifest. A package that several tasks made (noarch) is tested once.
std::vector<TestedPackage> subjects_of(const Manifest& manifest)
{
    std::vector<TestedPackage> subjects;
    std::set<std::string> seen;
    for (const Task* task : manifest.in_force<Task>()) {
        if (task->status != "ok")
            continue;
        for (const JsonText& sha256 : task->artifacts) {
            const Artifact* artifact = manifest.artifact(sha256);
            if (artifact != nullptr && artifact->kind == "rpm" && seen.insert(sha256).second)
                subjects.push_back({*artifact, *task, "", std::nullopt, "", {}, {}});
        }
    }
    return subjects;
}

/// Takes out what the manifest, or the ledger of the workspace, says was withdrawn: a test of it would help nobody.
/// Returns how many these were.
Result<std::size_t> remove_withdrawn(cli::Context& context, const Manifest& manifest, const cli::TrustOptions& options,
                                     std::vector<TestedPackage>& subjects)
{
    ALBS_TRY(std::optional<Policy> trust, cli::given_trust(options));
    const std::string own = cli::own_log_key(context);
    if (!trust && sys::exists(own)) {
        ALBS_TRY(trust, read_log_trust(own));
    }
    if (subjects.empty() || !trust)
        return std::size_t{0};
    EvidenceReader reader(manifest, *trust);
    ALBS_CHECK(add_ledger_changes(reader, cli::own_ledger(context), *trust));
    const Lineage lineage(manifest);
    std::vector<TestedPackage> kept;
    for (TestedPackage& subject : subjects) {
        ALBS_TRY(std::optional<StatusChange> change, reader.last_change(lineage.of(subject.artifact)));
        if (change && change->withdraws())
            context.messages.warning("not tested: " + change->text(), subject.label());
        else if (!reader.unknown_status().empty())
            context.messages.warning("not tested: " + reader.unknown_status(), subject.label());
        else
            kept.push_back(std::move(subject));
    }
    std::size_t count = subjects.size() - kept.size();
    subjects = std::move(kept);
    return count;
}

Status open_packages(const store::Store& store, std::vector<TestedPackage>& subjects)
{
    for (TestedPackage& subject : subjects) {
        auto path = store.path(subject.artifact.sha256);
        if (!path)
            return fail(std::move(path).error(), "'" + subject.label() + "'");
        subject.path = *path;
        auto package = rpm::library().read_package(subject.path);
        if (package)
            subject.package = *std::move(package);
        else if (package.error().kind == Kind::input)
            subject.damage = "the header cannot be read, or is damaged";
        else
            return tl::unexpected(std::move(package).error());
    }
    return {};
}

/// Of two attempts that which finished later is in force, and SOURCE_DATE_EPOCH stops the clock: one that follows
/// another finished after it.
std::string time_after_attempts(const Manifest& manifest, const TestResult& result, const std::string& finished)
{
    std::string time = finished;
    for (const TestResult* known : manifest.attempts<TestResult>(result.id))
        if (known->task == result.task && known->finished && !(known->finished->view() < time))
            if (Result<Seconds> before = parse_time(*known->finished))
                time = format_time(*before + 1);
    return time;
}

/// What an earlier run said stands, unless this one says something else, and does not merely skip the test.
bool stands(const Manifest& manifest, const std::string& id, const std::string& task, const Finding& finding)
{
    for (const TestResult* known : manifest.attempts<TestResult>(id))
        if (known->task == task && manifest.is_in_force(*known))
            return finding.status == "skip" ||
                   (known->status == finding.status && known->reason.value_or("") == finding.reason);
    return false;
}

Status record(Manifest& manifest, store::Store& store, const TestedPackage& subject)
{
    for (const Finding& finding : subject.findings) {
        TestResult result;
        result.artifact = subject.artifact.sha256;
        result.id = result.artifact + "/" + finding.name;
        result.task = plain_id(subject.task);
        if (stands(manifest, result.id, result.task, finding))
            continue;
        result.name = finding.name;
        result.status = finding.status;
        if (!finding.finished.empty())
            result.finished = time_after_attempts(manifest, result, finding.finished);
        if (!finding.reason.empty())
            result.reason = finding.reason;
        if (!finding.log.empty()) {
            // The first line makes every log another file, so that none has two names.
            std::string text =
                format_text("{} of {} ({})\n{}", finding.name, subject.label(), subject.artifact.sha256, finding.log);
            ALBS_TRY(sys::FileDigest digest, store.put_bytes(text));
            Artifact log;
            log.sha256 = digest.sha256.hex();
            log.size = digest.size;
            std::string name = subject.label() + "." + finding.name + ".log";
            std::replace(name.begin(), name.end(), '/', '-');
            log.name = name;
            log.kind = "log";
            ALBS_CHECK(manifest.add(log));
            result.log = log.sha256;
        }
        ALBS_CHECK(manifest.add(result));
    }
    return {};
}

/// Why a package was not tried out, the last of the reasons; nothing if it was, or if a test failed.
std::optional<std::string> untested(const TestedPackage& subject)
{
    std::string why = "nothing of it was run";
    for (const Finding& finding : subject.findings) {
        if (finding.status == "fail" || (finding.status == "pass" && tries_out(finding.name)))
            return std::nullopt;
        if (finding.name == "install")
            why = finding.reason;
    }
    return why;
}

void tell(cli::Messages& messages, const TestedPackage& subject)
{
    int passed = 0;
    int warned = 0;
    for (const Finding& finding : subject.findings) {
        if (finding.status == "fail")
            messages.warning(finding.name + " failed: " + finding.reason, subject.label());
        else if (finding.status == "skip")
            messages.detail(finding.name + " skipped: " + finding.reason, subject.label());
        else if (!finding.reason.empty())
            messages.detail(finding.name + " warns: " + finding.reason, subject.label());
        warned += finding.status == "pass" && !finding.reason.empty() ? 1 : 0;
        passed += finding.status == "pass" ? 1 : 0;
    }
    if (const std::optional<std::string> why = untested(subject))
        messages.warning("not tested: " + *why, subject.label());
    messages.note(format_text("{} of {} tests passed{}", passed, subject.findings.size(),
                              warned > 0 ? format_text(", {} with warnings", warned) : std::string()),
                  subject.label());
}

/// No, if a test failed, now or before, or there is a package that was not built, or not tried out.
cli::Verdict verdict_of(const Manifest& manifest, const std::vector<TestedPackage>& subjects)
{
    const std::vector<const TestResult*> tests = manifest.in_force<TestResult>();
    const std::vector<const Task*> tasks = manifest.in_force<Task>();
    bool bad_test =
        std::any_of(tests.begin(), tests.end(), [](const TestResult* test) { return test->status == "fail"; });
    bool bad_task = std::any_of(tasks.begin(), tasks.end(), [](const Task* task) {
        return task->status == "failed" ||
               (task->status == "skipped" && (!task->reason || task->reason->kind != "arch"));
    });
    std::set<std::string_view> tested;
    for (const TestResult* test : tests)
        if (test->status == "pass" && tries_out(test->name))
            tested.insert(test->artifact.view());
    const bool is_complete = std::all_of(subjects.begin(), subjects.end(), [&](const TestedPackage& subject) {
        return tested.contains(subject.artifact.sha256.view());
    });
    return bad_test || bad_task || !is_complete ? cli::Verdict::no : cli::Verdict::yes;
}

Status write_report(const Options& options, const std::string& directory, const std::vector<TestedPackage>& subjects)
{
    if (options.report.empty())
        return {};
    ALBS_CHECK(sys::make_directories(directory));
    bool junit = options.report == "junit";
    return sys::write_file(directory + (junit ? "/test-report.xml" : "/test-report.tap"),
                           junit ? junit_report(subjects) : tap_report(subjects));
}

Status check_options(const cli::Context& context, const Options& options)
{
    if (options.timeout <= 0)
        return fail(Kind::usage, "--timeout wants a positive number of seconds");
    if (options.releases < 0)
        return fail(Kind::usage, "--releases wants a number of releases");
    if (!options.report.empty() && context.common.output_directory.empty())
        return fail(Kind::usage, "--report needs a directory to write to", "add --output DIR");
    return {};
}

} // namespace

Result<cli::Outcome> run_tests(cli::Context& context, Manifest& manifest, const Options& options)
{
    ALBS_CHECK(check_options(context, options));
    ALBS_TRY(SkipRules rules, SkipRules::read(options.skip_files));
    std::vector<TestedPackage> subjects = subjects_of(manifest);
    ALBS_TRY(const std::size_t withdrawn, remove_withdrawn(context, manifest, options.trust, subjects));
    if (subjects.empty() && withdrawn == 0)
        context.messages.note("the manifest has no packages that were built: nothing to test");
    if (context.dry_run()) {
        for (const TestedPackage& subject : subjects)
            context.messages.note("would be tested", subject.label());
        return cli::Outcome{verdict_of(manifest, {}), std::nullopt};
    }
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    ALBS_CHECK(open_packages(workspace->store(), subjects));
    ALBS_CHECK(examine(context, *workspace, options, rules, subjects));
    for (const TestedPackage& subject : subjects) {
        ALBS_CHECK(record(manifest, workspace->store(), subject));
        tell(context.messages, subject);
    }
    if (!options.report.empty())
        ALBS_CHECK(write_report(options, context.common.output_directory, subjects));
    return cli::Outcome{withdrawn > 0 ? cli::Verdict::no : verdict_of(manifest, subjects), std::nullopt};
}

} // namespace albs::test
