// SPDX-License-Identifier: GPL-3.0-or-later
#include "suite.hpp"

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>

#include "base/format.hpp"
#include "base/time.hpp"
#include "git/checkout.hpp"
#include "git/mirror.hpp"
#include "root.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"
#include "tap.hpp"

namespace albs::test {
namespace {

constexpr const char* here = "/builddir/tests";

bool is_program(const std::string& path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    for (const char* suffix : {".bats", ".py", ".sh", ".bash"})
        if (path.ends_with(suffix))
            return true;
    return (status.st_mode & S_IXUSR) != 0;
}

/// The words that run a program. bats and pytest are those of the root, which may be a view of this machine.
std::vector<std::string> words_for(const std::string& program)
{
    if (program.ends_with(".bats"))
        return {"bats", "--tap", program};
    if (program.ends_with(".py"))
        return {"python3", "-m", "pytest", "-p", "no:cacheprovider", "-q", program};
    if (program.ends_with(".bash"))
        return {"bash", program};
    if (program.ends_with(".sh"))
        return {"sh", program};
    return {"./" + program};
}

/// Why nothing can run it in this root; empty: it can be run.
Result<std::string> missing_in(Root& root, const SuiteRun& run, const std::string& program)
{
    const bool is_bats = program.ends_with(".bats");
    if (!is_bats && !program.ends_with(".py"))
        return std::string();
    if (run.base->is_machine) {
        if (is_bats)
            ALBS_CHECK(sys::find_program("bats"));
        return std::string();
    }
    const char* look = is_bats ? "command -v bats" : "python3 -m pytest --version";
    ALBS_TRY(Step found, root.command({"sh", "-c", look}, {}));
    const char* name = is_bats ? "bats" : "pytest";
    return found.ok ? std::string()
                    : format_text("the platform's root has no {}: name it in data.test.install of the platform", name);
}

Finding judged(const std::string& program, const Step& step)
{
    Finding finding{"third-party/" + program, "pass", "", step.log};
    TapVerdict tap = judge_tap(step.log);
    if (tap.is_tap) {
        finding.status = tap.status;
        finding.reason = tap.reason;
    } else if (program.ends_with(".bats") && step.ok) {
        finding.status = "fail";
        finding.reason = "bats said nothing about any test";
    }
    if (!step.ok && finding.status != "fail") {
        finding.status = "fail";
        finding.reason = step.reason;
    }
    return finding;
}

std::string described(const Suite& suite, const std::string& source, const std::string& program)
{
    return suite.identity(source) + "/" + program + "\n";
}

Result<Step> run_program(Root& root, const SuiteRun& run, const std::string& program)
{
    std::vector<PackageFile> mounts = {{run.suite->directory(run.source), "tests.orig"}};
    ALBS_TRY(Step cleared, root.command({"rm", "-rf", here}, {}));
    if (!cleared.ok)
        return cleared;
    ALBS_TRY(Step copied, root.command({"cp", "-a", "--no-preserve=ownership", "/builddir/tests.orig", here}, mounts));
    if (!copied.ok)
        return copied;
    return root.command(words_for(program), {}, here);
}

} // namespace

Result<Suite> Suite::fetch(const std::string& option, const std::string& cache)
{
    std::size_t hash = option.find('#');
    std::size_t colon = hash == option.npos ? hash : option.find(':', hash);
    ALBS_TRY(git::Location location, git::parse_location(option.substr(0, colon)));
    ALBS_TRY(git::PinnedCommit pinned, git::pin(cache, location));
    ALBS_TRY(sys::TemporaryDirectory tree, sys::TemporaryDirectory::make("tests"));
    Suite suite(std::move(tree));
    suite.url_ = location.url;
    suite.commit_ = pinned.resolved.commit;
    suite.directory_ = colon == option.npos ? "" : option.substr(colon + 1);
    if (suite.directory_.starts_with('/') || suite.directory_.find("..") != option.npos)
        return fail(Kind::usage, "--tests '" + option + "': the directory must be inside the repository");
    ALBS_TRY(auto submodules, git::check_out(*pinned.repository, suite.commit_, suite.tree_->path(), 0));
    (void)submodules; // not followed
    return suite;
}

std::string Suite::directory_name(const std::string& source) const
{
    std::string name = directory_;
    if (std::size_t at = name.find("{name}"); at != name.npos)
        name.replace(at, 6, source);
    return name;
}

std::string Suite::directory(const std::string& source) const
{
    std::string name = directory_name(source);
    return tree_->path() + (name.empty() ? "" : "/" + name);
}

std::string Suite::identity(const std::string& source) const
{
    return format_text("{}#{}:{}", url_, commit_, directory_name(source));
}

Result<std::vector<std::string>> Suite::programs(const std::string& source) const
{
    std::string path = directory(source);
    if (!sys::is_directory(path)) {
        if (directory_.find("{name}") != directory_.npos)
            return std::vector<std::string>();
        return fail(Kind::input, format_text("there is no directory '{}' in '{}' at {}", directory_, url_, commit_));
    }
    std::vector<std::string> list;
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(path));
    for (const std::string& name : names)
        if (is_program(path + "/" + name))
            list.push_back(name);
    // A list that came out empty by mistake must not look like success.
    if (list.empty())
        return fail(Kind::input, "there are no tests in '" + identity(source) + "'",
                    "tests are *.bats, *.py, *.sh, *.bash and executable files");
    return list;
}

Result<std::vector<Finding>> run_suite(const SuiteRun& run)
{
    std::vector<Finding> findings;
    ALBS_TRY(Root root, Root::make(*run.base, {}, run.timeout_s));
    Step step{.ok = true, .reason = {}, .log = {}};
    for (const std::vector<PackageFile>* packages : {&run.companions, &run.packages})
        if (step.ok && !packages->empty()) {
            ALBS_TRY(step, root.rpm({"-U", "--nodeps"}, *packages));
        }
    ALBS_CHECK(root.refresh_libraries());
    for (const std::string& program : run.programs) {
        if (!step.ok) {
            findings.push_back({"third-party/" + program, "fail",
                                "the packages do not install together: " + step.reason,
                                described(*run.suite, run.source, program) + step.log});
            continue;
        }
        ALBS_TRY(const std::string missing, missing_in(root, run, program));
        if (!missing.empty()) {
            findings.push_back({"third-party/" + program, "skip", missing, ""});
            continue;
        }
        const std::int64_t begun_ms = monotonic_ms();
        ALBS_TRY(Step done, run_program(root, run, program));
        findings.push_back(judged(program, done));
        findings.back().elapsed_ms = monotonic_ms() - begun_ms;
        findings.back().log = described(*run.suite, run.source, program) + findings.back().log;
    }
    return findings;
}

} // namespace albs::test
