// SPDX-License-Identifier: GPL-3.0-or-later
// mock keeps roots by the name of their configuration and throws them away when the file is newer. So the file is
// named by the digest of its text and written once; what differs from build to build is on the command line.
#include "mock.hpp"

#include "base/digest.hpp"
#include "base/format.hpp"
#include "base/time.hpp"
#include "collect.hpp"
#include "mock_outcome.hpp"
#include "platform/mock_config.hpp"
#include "running_log.hpp"
#include "sys/file.hpp"
#include "sys/file_lock.hpp"
#include "sys/hash_file.hpp"
#include "sys/process.hpp"
#include "sys/temporary.hpp"

namespace albs::build {
namespace {

/// Beyond the time that rpmbuild has, for root and packages.
constexpr std::int64_t margin_ms = 15LL * 60 * 1000;
constexpr int max_roots = 64;

/// The platform with what the command asked for, by the rules of ALBS.
platform::Platform with_options(const BuildConfig& recipe)
{
    platform::BuildOptions options;
    for (std::size_t i = 0; i + 1 < recipe.words.size(); i += 2) {
        const std::string& value = recipe.words[i + 1];
        if (recipe.words[i] == "--with")
            options.with.push_back(value);
        else if (recipe.words[i] == "--without")
            options.without.push_back(value);
        else if (std::size_t space = value.find(' '); space != value.npos)
            options.definitions.emplace_back(value.substr(0, space), value.substr(space + 1));
    }
    platform::Platform platform = recipe.platform;
    platform.add(options);
    return platform;
}

Result<std::string> configuration(const BuildConfig& recipe, const std::string& arch, const std::string& root)
{
    ALBS_TRY(std::string text, platform::mock_config(with_options(recipe), arch, root));
    // The one thing that is not as in ALBS, where builds reach the network.
    if (!recipe.network)
        text += "config_opts[\"rpmbuild_networking\"] = False\n";
    return text;
}

/// A root of one configuration that no other build is in, with its files in place.
struct Root {
    std::string directory; ///< --configdir
    std::string name;
    sys::FileLock lock;
};

Result<Root> take_root(const BuildConfig& recipe, const std::string& arch, const store::Workspace& workspace)
{
    ALBS_TRY(std::string directory, workspace.directory("mock"));
    ALBS_TRY(directory, sys::absolute_path(directory));
    ALBS_TRY(std::string plain, configuration(recipe, arch, ""));
    const std::string stem = "albs-" + sha256(plain).hex().substr(0, 24) + ".";
    for (int i = 0; i < max_roots; ++i) {
        std::string name = stem + std::to_string(i);
        auto lock = sys::FileLock::exclusive(directory + "/" + name + ".lock", 0);
        if (!lock && lock.error().kind == Kind::temporary)
            continue;
        if (!lock)
            return tl::unexpected(std::move(lock).error());
        ALBS_TRY(std::string text, configuration(recipe, arch, name));
        const std::pair<std::string, std::string> files[] = {
            {format_text("{}/{}.cfg", directory, name), text},
            {directory + "/site-defaults.cfg", platform::mock_site_defaults()}};
        for (const auto& [path, content] : files) {
            auto old = sys::read_file(path);
            if (!old || *old != content)
                ALBS_CHECK(sys::write_file(path, content));
        }
        return Root{directory, name, *std::move(lock)};
    }
    return fail(Kind::temporary, "all " + std::to_string(max_roots) + " roots of this platform are in use");
}

sys::Command command_of(const BuildConfig& recipe, const Root& root, const std::string& srpm,
                        const std::string& directory, const RunningLog& log)
{
    sys::Command command;
    command.argv = {"mock", "--configdir", root.directory,       "--root", root.name, "--rebuild",
                    srpm,   "--resultdir", directory + "/result"};
    std::vector<std::string> defines = platform::mock_defines(with_options(recipe));
    command.argv.insert(command.argv.end(), defines.begin(), defines.end());
    command.argv.insert(command.argv.end(), {"--rpmbuild_timeout", std::to_string(recipe.timeout_ms / 1000)});
    command.environment = sys::clean_environment();
    command.environment.insert(command.environment.end(), {"HISTFILE=/dev/null", "LANG=C"});
    command.output_file = log.path();
    command.timeout_ms = recipe.timeout_ms + margin_ms;
    return command;
}

} // namespace

Result<Artifact> mock_configuration(const BuildConfig& recipe, const std::string& arch,
                                    const store::Workspace& workspace)
{
    ALBS_TRY(std::string text, configuration(recipe, arch, ""));
    for (const std::string& word : platform::mock_defines(with_options(recipe)))
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
    ALBS_TRY(Root root, take_root(recipe, planned.arch, context.workspace));
    TaskResult built = begun(recipe, planned);
    ALBS_TRY(RunningLog running, RunningLog::open(context.scratch, planned.id));
    context.view.phase(planned.id, "mock");
    ALBS_TRY(sys::ProcessResult finished, sys::run(command_of(recipe, root, srpm, directory, running)));
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
