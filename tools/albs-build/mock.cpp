// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock.hpp"

#include "base/format.hpp"
#include "base/time.hpp"
#include "collect.hpp"
#include "mock_outcome.hpp"
#include "mock_root.hpp"
#include "running_log.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/temporary.hpp"

namespace albs::build {
Result<Artifact> mock_configuration(const BuildConfig& recipe, const std::string& arch,
                                    const store::Workspace& workspace)
{
    ALBS_TRY(std::string text, mock_text(recipe, arch, ""));
    for (const std::string& word : mock_definitions(recipe))
        text += word == "--define" ? "# --define " : word + "\n";
    ALBS_TRY(sys::FileDigest digest, store::Store(workspace.store()).put_bytes(text));
    return Artifact{.sha256 = digest.sha256.hex(),
                    .size = digest.size,
                    .name = recipe.platform.name() + "-" + arch + ".mock.cfg",
                    .kind = "file",
                    .rpm = {},
                    .unsigned_sha256 = {}};
}

Result<TaskResult> attempt_in_mock(const BuildConfig& recipe, const PlannedTask& planned, const BuildContext& context)
{
    const SourcePackage& source = *planned.package;
    ALBS_CHECK(sys::find_program("mock"));
    ALBS_TRY(sys::TemporaryDirectory made, sys::TemporaryDirectory::make("mock", context.scratch));
    ALBS_TRY(std::string directory, sys::absolute_path(made.path()));
    ALBS_CHECK(sys::make_directories(directory + "/result"));
    const RpmInfo& info = source.package.info;
    const std::string name = format_text("{}-{}-{}", info.name, info.version, info.release);
    const std::string srpm = directory + "/" + name + ".src.rpm";
    ALBS_CHECK(sys::link_or_copy(source.path, srpm));
    ALBS_TRY(MockRoot root, take_mock_root(recipe, planned.arch, context.workspace));
    TaskResult built = begun(recipe, planned);
    ALBS_TRY(RunningLog running, RunningLog::open(context.scratch, planned.id));
    context.view.phase(planned.id, "mock");
    ALBS_TRY(sys::ProcessResult finished,
             sys::run(mock_command(recipe, root, {"--rebuild", srpm}, directory + "/result", running.path())));
    ALBS_CHECK(sys::link_or_copy(running.path(), directory + "/mock.log"));
    built.task.finished = format_time(current_time());
    built.task.network = recipe.network;
    built.task.isolation = Json::object({{"sandbox", "mock"}});
    Resources& used = built.task.resources.emplace();
    used.elapsed_ms = finished.duration_ms;
    bool succeeded = finished.status == 0 && !finished.timed_out;
    if (!finished.timed_out)
        used.cpu_ms = finished.cpu_ms;
    if (succeeded) {
        ALBS_CHECK(lay_out(directory + "/result", directory + "/top"));
        ALBS_TRY(Collection collected, collect(directory + "/top", source, context.workspace.store()));
        add_packages(built, std::move(collected), source);
    }
    ALBS_TRY(MockLogs logs, keep_logs(built, directory, name + "." + planned.arch, context.workspace.store()));
    built.artifacts.push_back(*planned.lock);
    built.task.artifacts.push_back(planned.lock->sha256);
    if (!succeeded)
        built.task.reason = reason_of_mock(finished, logs, recipe.timeout_ms);
    if (built.task.reason && !built.task.reason->log)
        built.task.reason->log = built.task.log;
    built.task.status = !built.task.reason ? "ok" : built.task.reason->kind == "arch" ? "skipped" : "failed";
    return built;
}

} // namespace albs::build
