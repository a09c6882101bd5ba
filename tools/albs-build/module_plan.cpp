// SPDX-License-Identifier: GPL-3.0-or-later
#include "module_plan.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/format.hpp"
#include "base/time.hpp"
#include "base_root.hpp"
#include "choose_platform.hpp"
#include "modules/library.hpp"
#include "wanted_modules.hpp"

namespace albs::build {
namespace {

/// What the repositories have, in the order in which architectures are asked for.
using Documents = std::vector<std::pair<std::string, modules::Document>>;

Result<Documents> documents_of(const BuildConfig& recipe, root::Solver& solver)
{
    Documents documents;
    for (const std::string& each : recipe.arches) {
        const std::string arch = each == "src" ? target_of_packages(recipe.platform) : each;
        ALBS_TRY(modules::Document document, solver.module_streams(recipe.platform, arch));
        documents.emplace_back(arch, std::move(document));
    }
    return documents;
}

/// "NAME" to stream, of what --module-enable says.
std::map<std::string, std::string> asked_streams(const std::vector<std::string>& enabled)
{
    std::map<std::string, std::string> asked;
    for (const std::string& text : enabled)
        if (std::size_t colon = text.find(':'); colon != text.npos)
            asked.emplace(text.substr(0, colon),
                          text.substr(colon + 1, text.find_first_of(":/", colon + 1) - colon - 1));
    return asked;
}

std::string platform_stream(const BuildConfig& recipe, const BuildOptions& options)
{
    const std::string& given = options.recipe.root.platform_id;
    auto solving = recipe.platform.solving();
    const std::string id = !given.empty() ? given : solving ? solving->module_platform_id : "";
    return id.substr(id.find(':') + 1); // all of it, if there is none
}

/// When what is built was last changed: that is the same whoever builds it, and whenever.
std::int64_t time_of(const Module& module, const Manifest& manifest)
{
    std::int64_t latest = 0;
    auto look_at = [&](const OptionalString& time) {
        if (auto seconds = time ? parse_time(*time) : Result<Seconds>(0); seconds)
            latest = std::max(latest, *seconds);
    };
    look_at(module.commit_time);
    for (const ModuleComponent& component : module.components)
        if (const Source* source = manifest.source(component.source); source != nullptr) {
            look_at(source->commit_time);
            if (!source->commit_time)
                latest = std::max(latest, source->source_date_epoch.value_or(0));
        }
    return latest;
}

Result<std::uint64_t> version_for(const ModulePlan& plan, const platform::Version& of_platform,
                                  const std::string& given, const Manifest& manifest)
{
    std::uint64_t version = plan.description.version;
    if (!given.empty()) {
        std::from_chars(given.data(), given.data() + given.size(), version); // options are checked
        return version;
    }
    if (version != 0)
        return version;
    std::int64_t time = time_of(plan.record, manifest);
    if (time == 0) {
        ALBS_TRY(std::optional<Seconds> fixed, given_source_date_epoch());
        time = fixed.value_or(0);
    }
    if (time == 0)
        return fail(Kind::input, "none of its components says when it was changed last, so it has no version",
                    "give it one with --module-version NUMBER");
    return modules::version_of(of_platform.version_prefix, time);
}

/// Nothing tells two builds of one version and context apart.
Status check_new(const ModulePlan& plan, const modules::Document& document)
{
    for (const modules::Stream& known : document.streams)
        if (known.name == plan.identity.name && known.stream == plan.identity.stream &&
            known.version == plan.identity.version && known.context == plan.identity.context)
            return fail(Kind::input, format_text("a repository has '{}' already", plan.identity.label()),
                        "give it another version with --module-version NUMBER");
    return {};
}

/// Streams of the roots: what it is built with, and what there is of its own stream.
std::vector<std::string> streams_to_enable(const ModulePlan& plan, const modules::Document& document)
{
    std::vector<std::string> enable;
    for (const auto& [module, stream] : plan.choice.at_build)
        if (module != "platform")
            enable.push_back(format_text("{}:{}", module, stream));
    const bool is_known = std::any_of(document.streams.begin(), document.streams.end(), [&](const auto& one) {
        return one.name == plan.record.name && one.stream == plan.record.stream;
    });
    if (is_known && plan.choice.at_build.count(plan.record.name) == 0)
        enable.push_back(format_text("{}:{}", std::string(plan.record.name), std::string(plan.record.stream)));
    return enable;
}

/// The streams that it is built with, the same for all architectures.
Status choose_streams(ModulePlan& plan, const BuildConfig& recipe, const BuildOptions& options,
                      const Documents& documents)
{
    std::map<std::string, std::string> asked = asked_streams(options.recipe.modules);
    bool is_first = true;
    for (const auto& [arch, document] : documents) {
        ALBS_TRY(modules::BuildChoice choice,
                 modules::choose_build(plan.description, platform_stream(recipe, options), asked, document));
        if (!is_first)
            continue;
        is_first = false;
        plan.choice = std::move(choice);
        for (const auto& [module, stream] : plan.choice.at_build)
            if (module != "platform")
                asked[module] = stream;
        plan.enable = streams_to_enable(plan, document);
    }
    return {};
}

void replace_definition(std::vector<std::string>& definitions, const std::string& name, const std::string& body)
{
    const std::string start = name + " ";
    std::erase_if(definitions, [&](const std::string& one) { return one.starts_with(start); });
    definitions.push_back(start + body);
}

/// Over those of the run: the macros of the template, and what says that a package is of the module.
void set_options(ModulePlan& plan, const BuildConfig& recipe, const BuildOptions& options)
{
    plan.options = options;
    RecipeOptions& own = plan.options.recipe;
    own.platform = {recipe.platform.name()};
    for (const std::string& stream : plan.enable)
        if (std::find(own.modules.begin(), own.modules.end(), stream) == own.modules.end())
            own.modules.push_back(stream);
    for (const std::string& definition : plan.description.configurations[plan.choice.configuration].definitions) {
        const std::size_t blank = definition.find(' ');
        replace_definition(own.definitions, definition.substr(0, blank), definition.substr(blank + 1));
    }
    replace_definition(own.definitions, "dist", plan.dist);
    replace_definition(own.definitions, "_module_build", "1");
    replace_definition(own.definitions, "modularitylabel", plan.identity.label());
}

Status identify(ModulePlan& plan, const BuildConfig& recipe, const SourceOptions& options, const Manifest& manifest)
{
    const platform::Definition& definition = recipe.platform.definition();
    if (definition.versions.empty() || definition.versions.back().dist_prefix.empty())
        return fail(Kind::input,
                    format_text("platform '{}' has no version that its dist could be made of", definition.name),
                    "add 'versions' with name, version_prefix and dist_prefix to its data");
    const platform::Version& version = definition.versions.back();
    plan.identity = {std::string(plan.record.name), std::string(plan.record.stream), 0, plan.choice.context};
    ALBS_TRY(plan.identity.version, version_for(plan, version, options.module_version, manifest));
    std::int64_t index = definition.module_build_index;
    if (const std::string& given = options.module_index; !given.empty())
        std::from_chars(given.data(), given.data() + given.size(), index);
    plan.dist = modules::dist_of(plan.identity, version.dist_prefix, index);
    return {};
}

Result<ModulePlan> plan_module(const Module& module, const Manifest& manifest, const BuildConfig& recipe,
                               const BuildOptions& options, const Documents& documents, store::Workspace& workspace)
{
    ModulePlan plan;
    plan.record = module;
    ALBS_TRY(plan.text, workspace.store().read(module.document));
    ALBS_TRY(plan.description,
             modules::library().read_description(plan.text, std::string(module.name), std::string(module.stream)));
    ALBS_CHECK(choose_streams(plan, recipe, options, documents));
    ALBS_CHECK(identify(plan, recipe, options.sources, manifest));
    for (const auto& [arch, document] : documents)
        ALBS_CHECK(check_new(plan, document));
    plan.components = plan_components(plan.description, plan.description.configurations[plan.choice.configuration],
                                      module.components);
    set_options(plan, recipe, options);
    ALBS_TRY(BuildConfig own, read_build_config(plan.options, &workspace));
    own.solve = recipe.solve;
    plan.recipe = std::make_shared<const BuildConfig>(std::move(own));
    return plan;
}

} // namespace

Result<ModulePlans> ModulePlans::read(const Manifest& manifest, const std::vector<PlannedTask>& tasks,
                                      const BuildConfig& recipe, const BuildOptions& options,
                                      store::Workspace& workspace, root::Solver& solver)
{
    ModulePlans plans;
    ALBS_TRY(std::vector<const Module*> chosen, wanted_modules(manifest, tasks, recipe));
    Documents documents;
    for (const Module* module : chosen) {
        if (documents.empty()) {
            ALBS_TRY(documents, documents_of(recipe, solver));
        }
        auto plan = plan_module(*module, manifest, recipe, options, documents, workspace);
        if (!plan)
            return fail(std::move(plan).error(), name_of(*module));
        for (std::size_t i = 0; i < plan->components.size(); ++i)
            plans.by_source_.emplace(plan->components[i].source, std::pair(plans.all_.size(), i));
        plans.all_.push_back(*std::move(plan));
    }
    return plans;
}

ModulePlace ModulePlans::find(std::string_view source) const
{
    auto known = by_source_.find(source);
    if (known == by_source_.end())
        return {};
    const ModulePlan& module = all_[known->second.first];
    return {&module, &module.components[known->second.second]};
}

std::size_t ModulePlans::stage_of(const PlannedTask& task) const
{
    const ComponentPlan* component = find(plain_id(task.source)).component;
    return component == nullptr ? 0 : component->stage;
}

} // namespace albs::build
