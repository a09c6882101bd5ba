// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock_source.hpp"

#include "base/format.hpp"
#include "mock_outcome.hpp"
#include "mock_root.hpp"
#include "spec_error.hpp"
#include "spec_failure.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

/// The source package in mock's result; empty: not exactly one.
Result<std::string> only_package(const std::string& result)
{
    ALBS_TRY(std::vector<std::string> files, sys::list_directory(result));
    std::string found;
    for (const std::string& file : files)
        if (file.ends_with(".src.rpm")) {
            if (!found.empty())
                return std::string();
            found = result + "/" + file;
        }
    return found;
}

} // namespace

Result<MockSource> make_in_mock(const BuildConfig& recipe, const std::string& arch, const SpecInput& input,
                                const std::string& source, const SpecContext& context)
{
    ALBS_CHECK(sys::find_program("mock"));
    ALBS_TRY(sys::TemporaryDirectory made, sys::TemporaryDirectory::make("mock", context.scratch));
    ALBS_TRY(std::string directory, sys::absolute_path(made.path()));
    ALBS_TRY(std::string tree, sys::absolute_path(input.tree));
    const std::string result = directory + "/result";
    ALBS_CHECK(sys::make_directories(result));
    ALBS_TRY(MockRoot root, take_mock_root(recipe, arch, context.workspace));
    const std::string sources = input.sources.empty() ? tree : tree + "/" + input.sources;
    ALBS_TRY(
        sys::ProcessResult finished,
        sys::run(mock_command(recipe, root, {"--buildsrpm", "--spec", tree + "/" + input.spec, "--sources", sources},
                              result, directory + "/mock.log")));
    MockSource outcome{std::move(made), {}};
    if (finished.status == 0 && !finished.timed_out) {
        ALBS_TRY(outcome.package, only_package(result));
        if (!outcome.package.empty())
            return outcome;
    }
    TaskResult logged;
    store::Store store = context.workspace.store();
    ALBS_TRY(MockLogs logs, keep_logs(logged, directory, source + ".src", store));
    outcome.missing = spec_error(logs.build).missing;
    outcome.failure.artifacts = std::move(logged.artifacts);
    outcome.failure.reason = finished.status == 0 && !finished.timed_out
                                 ? spec_reason("spec", "mock ended well, and left no source package")
                                 : reason_of_mock(finished, logs, recipe.timeout_ms);
    Reason& reason = *outcome.failure.reason;
    reason.phase = reason.kind == "infrastructure" || reason.kind == "dependency" ? "setup" : "srpm";
    return outcome;
}

} // namespace albs::build
