// SPDX-License-Identifier: GPL-3.0-or-later
#include "base_root.hpp"

#include <algorithm>
#include <sys/stat.h>

#include "base/digest.hpp"
#include "cli/root_context.hpp"
#include "platform/library.hpp"
#include "sys/file.hpp"

namespace albs::test {
namespace {

BaseRoot machine_root(const Task& task)
{
    BaseRoot base;
    const std::string here = platform::machine_arch();
    const bool runs = task.arch == here || task.arch == "noarch" || (here == "x86_64" && task.arch == "i686");
    if (!runs)
        base.hindrance = task.arch + " packages do not run on this " + here + " machine";
    return base;
}

/// "NAME:STREAM" of the streams that were active when it was built.
Result<std::vector<std::string>> streams_of(const Task& task, const store::Workspace& workspace)
{
    std::vector<std::string> streams;
    if (!task.buildroot || !workspace.store().has(*task.buildroot))
        return streams;
    ALBS_TRY(std::string text, workspace.store().read(*task.buildroot));
    auto lock = buildroot::read_lock(text);
    if (!lock) // the record of mock, say
        return streams;
    for (const std::string& module : lock->modules) {
        const std::size_t stream = module.find(':');
        streams.push_back(module.substr(0, module.find(':', stream == module.npos ? stream : stream + 1)));
    }
    return streams;
}

Result<root::Request> request_for(const Task& task, const std::string& arch, const store::Workspace& workspace,
                                  const root::RequestOptions& options)
{
    ALBS_TRY(std::string record, workspace.store().read(*task.definition));
    ALBS_TRY(platform::Platform platform, platform::library().read_record(record));
    ALBS_TRY(platform::Solving solving, platform.solving());
    ALBS_TRY(root::Request request, root::request_of(platform, arch, options, workspace.path()));
    request.question.words = solving.test_install;
    request.question.base = solving.test_install;
    ALBS_TRY(request.question.enable, streams_of(task, workspace));
    return request;
}

Status lock_it(BaseRoot& base, const root::RunContext& run, const store::Workspace& workspace)
{
    ALBS_TRY(base.repositories, repositories::sync(base.request.repositories, base.settings));
    ALBS_TRY(std::optional<std::string> text, root::known_lock(base.request, {}, base.repositories, run));
    if (!text) {
        ALBS_TRY(buildroot::Lock lock, root::lock_root(base.request, {}, base.repositories, base.settings, run));
        text = buildroot::write_lock(lock);
    }
    ALBS_TRY(base.lock, buildroot::read_lock(*text));
    base.lock_digest = sha256(*text).hex();
    const auto wanted = repositories::wanted_of(base.lock, base.repositories);
    ALBS_TRY(auto fetched, repositories::fetch(wanted, workspace, root::fetch_options(base.settings, run)));
    for (const repositories::FetchedPackage& package : fetched)
        base.files.push_back(package.path);
    ALBS_TRY(root::Cache cache, root::Cache::open(workspace));
    ALBS_TRY(base.root, cache.root(*text));
    return {};
}

} // namespace

bool BaseRoot::has(const std::string& name) const
{
    return std::any_of(lock.packages.begin(), lock.packages.end(),
                       [&](const buildroot::LockedPackage& package) { return package.name == name; });
}

bool BaseRoot::has_path(const std::string& path) const
{
    struct stat status {};
    return std::any_of(root.layers.begin(), root.layers.end(), [&](const std::string& layer) {
        // What this user may not look at is there for all that he knows.
        return ::lstat((layer + path).c_str(), &status) == 0 || errno == EACCES;
    });
}

Result<BaseRoot> base_root_of(const Task& task, cli::Context& context, const store::Workspace& workspace, bool offline)
{
    if (task.backend == "host")
        return machine_root(task);
    BaseRoot base;
    base.is_machine = false;
    const std::string arch = task.arch == "noarch" ? platform::machine_arch() : std::string(task.arch);
    if (!task.definition) {
        base.hindrance = "the task does not say what platform " + task.platform + " was";
        return base;
    }
    auto emulation = sandbox::emulation_of(arch);
    if (!emulation) {
        base.hindrance = emulation.error().message;
        return base;
    }
    base.emulation = *std::move(emulation);
    root::RequestOptions options;
    options.offline = offline;
    const root::RunContext run = cli::root_context(context);
    base.settings = root::settings_of(options, run);
    ALBS_TRY(base.request, request_for(task, arch, workspace, options));
    ALBS_CHECK(lock_it(base, run, workspace));
    return base;
}

Fetcher fetcher_of(const BaseRoot& base, const store::Workspace& workspace, cli::Context& context)
{
    return [&](const std::vector<solve::Description>& packages) -> Result<std::vector<std::string>> {
        repositories::RootSolution answer;
        answer.packages = packages;
        const auto wanted = repositories::wanted_of(answer, base.repositories);
        ALBS_TRY(auto fetched, repositories::fetch(wanted, workspace,
                                                   root::fetch_options(base.settings, cli::root_context(context))));
        std::vector<std::string> paths;
        for (const repositories::FetchedPackage& package : fetched)
            paths.push_back(package.path);
        return paths;
    };
}

} // namespace albs::test
