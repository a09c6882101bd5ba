// SPDX-License-Identifier: GPL-3.0-or-later
#include "module_results.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "modules/library.hpp"
#include "rpm/library.hpp"

namespace albs::build {
namespace {

/// "NAME-EPOCH:VERSION-RELEASE.ARCH", as documents of modules have it.
std::string nevra_of(const RpmInfo& info)
{
    return format_text("{}-{}:{}-{}.{}", info.name, info.epoch.value_or(0), info.version, info.release, info.arch);
}

bool contains(const std::vector<std::string>& list, std::string_view text)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

class ModuleBuilder {
public:
    ModuleBuilder(const ModulePlan& plan, const Recipe& recipe, std::string arch, const store::Workspace& workspace,
                  const Manifest& manifest)
        : plan_(plan), recipe_(recipe), workspace_(workspace), manifest_(manifest)
    {
        built_.identity = plan.identity;
        built_.arch = std::move(arch);
        built_.configuration = plan.choice.configuration;
        built_.at_build = plan.choice.at_build;
        built_.at_run = plan.choice.at_run;
    }

    /// Why there is no document; empty: there is.
    Result<std::string> collect()
    {
        std::size_t lacking = 0;
        std::string first;
        for (const ComponentPlan& component : plan_.components) {
            ALBS_TRY(std::string why, add(component));
            if (!why.empty() && lacking++ == 0)
                first = std::move(why);
        }
        if (lacking > 1)
            first += format_text(", and {} more", lacking - 1);
        return first;
    }

    Result<ModuleBuild> write(Artifact& document)
    {
        ALBS_TRY(std::string text, modules::library().write_stream(plan_.text, built_));
        ALBS_TRY(sys::FileDigest digest, store::Store(workspace_.store()).put_bytes(text));
        std::string name = format_text("{}-{}-{}-{}.{}.modulemd.yaml", built_.identity.name, built_.identity.stream,
                                       built_.identity.version, built_.identity.context, built_.arch);
        std::replace(name.begin(), name.end(), '/', '-');
        document = {.sha256 = digest.sha256.hex(),
                    .size = digest.size,
                    .name = name,
                    .kind = "modulemd",
                    .rpm = {},
                    .unsigned_sha256 = {}};
        const std::string module(plain_id(plan_.record));
        return ModuleBuild{.id = format_text("{}/{}/{}", module, recipe_.platform.name(), built_.arch),
                           .module = module,
                           .platform = recipe_.platform.name(),
                           .arch = built_.arch,
                           .name = built_.identity.name,
                           .stream = built_.identity.stream,
                           .version = std::to_string(built_.identity.version),
                           .context = built_.identity.context,
                           .dist = plan_.dist,
                           .tasks = tasks_,
                           .document = document.sha256};
    }

    std::string summary() const
    {
        return format_text("{} packages in '{}'{}", built_.artifacts.size(), built_.identity.label(),
                           built_.left_out.empty() ? "" : format_text(", {} left out", built_.left_out.size()));
    }

private:
    std::string task_id(const ComponentPlan& component, const std::string& arch) const
    {
        return format_text("{}/{}/{}", component.source, recipe_.platform.name(), arch);
    }

    /// What says that its packages are of the module.
    bool has_label(const Task& task) const
    {
        const std::string word = "modularitylabel " + plan_.identity.label();
        return std::find(task.options.begin(), task.options.end(), word) != task.options.end();
    }

    /// Why the component is not there; empty: it is, or is not for the architecture.
    Result<std::string> add(const ComponentPlan& component)
    {
        const Task* task = manifest_.task(task_id(component, built_.arch));
        if (task == nullptr)
            return format_text("'{}' is not built", task_id(component, built_.arch));
        if (is_missing(*task))
            return format_text("'{}' is {}", std::string(plain_id(*task)), std::string(task->status));
        if (!has_label(*task))
            return format_text("'{}' was built as something else", std::string(plain_id(*task)));
        describe(component);
        ALBS_CHECK(add_packages(component, *task, false));
        // 32-bit packages that are installed on a 64-bit system, too.
        const Task* other = built_.arch == "x86_64" ? manifest_.task(task_id(component, "i686")) : nullptr;
        if (other != nullptr && other->status == "ok" && contains(component.multilib, built_.arch) && has_label(*other))
            ALBS_CHECK(add_packages(component, *other, true));
        return std::string();
    }

    void describe(const ComponentPlan& component)
    {
        tasks_.push_back(task_id(component, built_.arch));
        const Source* source = manifest_.source(component.source);
        if (source != nullptr && source->commit)
            built_.commits[component.key] = *source->commit;
        for (const std::string& arch : recipe_.arches)
            if (component.arches.empty() || contains(component.arches, arch))
                built_.arches[component.key].push_back(arch);
    }

    Status add_packages(const ComponentPlan& component, const Task& task, bool is_multilib)
    {
        bool has_kept = false;
        for (const JsonText& digest : task.artifacts) {
            const Artifact* artifact = manifest_.artifact(digest);
            if (artifact == nullptr || artifact->kind != "rpm" || !artifact->rpm)
                continue;
            const RpmInfo& info = *artifact->rpm;
            if (is_multilib && info.arch == "noarch")
                continue;
            if (component.buildonly)
                add_once(built_.buildonly, std::string(info.name));
            const bool is_kept = !component.buildonly && !contains(plan_.description.filter, info.name);
            add_once(is_kept ? built_.artifacts : built_.left_out, nevra_of(info));
            has_kept = has_kept || is_kept;
            ALBS_CHECK(add_license(*artifact, is_kept ? built_.licenses : built_.licenses_left_out));
        }
        const Artifact* source = task.srpm ? manifest_.artifact(*task.srpm) : nullptr;
        if (source != nullptr && source->rpm && !is_multilib)
            add_once(has_kept ? built_.artifacts : built_.left_out, nevra_of(*source->rpm));
        return {};
    }

    Status add_license(const Artifact& artifact, std::vector<std::string>& licenses) const
    {
        ALBS_TRY(std::string path, workspace_.store().path(artifact.sha256));
        ALBS_TRY(rpm::Package package, rpm::library().read_package(path));
        if (!package.license.empty())
            add_once(licenses, package.license);
        return {};
    }

    static void add_once(std::vector<std::string>& list, std::string text)
    {
        if (!contains(list, text))
            list.push_back(std::move(text));
    }

    const ModulePlan& plan_;
    const Recipe& recipe_;
    const store::Workspace& workspace_;
    const Manifest& manifest_;
    modules::BuiltStream built_;
    std::vector<std::string> tasks_;
};

Result<bool> add_one(const ModulePlan& plan, const Part& part, const std::string& arch,
                     const store::Workspace& workspace, cli::Messages& messages, Manifest& manifest)
{
    ModuleBuilder builder(plan, part.recipe, arch, workspace, manifest);
    const std::string about =
        format_text("{}/{}/{}", std::string(plain_id(plan.record)), part.recipe.platform.name(), arch);
    ALBS_TRY(std::string why, builder.collect());
    if (!why.empty()) {
        messages.warning(format_text("the module '{}' is not complete: {}", plan.identity.label(), why), about);
        return false;
    }
    Artifact document;
    ALBS_TRY(ModuleBuild build, builder.write(document));
    ALBS_CHECK(manifest.add(document));
    ALBS_CHECK(manifest.add(build));
    messages.note(builder.summary(), about);
    return true;
}

} // namespace

Result<bool> add_module_builds(const std::vector<Part>& parts, const store::Workspace& workspace,
                               cli::Messages& messages, Manifest& manifest)
{
    bool are_complete = true;
    for (const Part& part : parts)
        for (const ModulePlan& plan : part.modules.all())
            for (const std::string& arch : part.recipe.arches)
                if (arch != "src") {
                    ALBS_TRY(bool is_complete, add_one(plan, part, arch, workspace, messages, manifest));
                    are_complete = are_complete && is_complete;
                }
    return are_complete;
}

} // namespace albs::build
