// SPDX-License-Identifier: GPL-3.0-or-later
// The tool's own job: gather packages and what the manifest says of them, make the graph, write one document.
#include <algorithm>
#include <set>
#include <unordered_map>

#include "albs/formats/cyclonedx.hpp"
#include "albs/formats/slsa_provenance.hpp"
#include "albs/formats/spdx.hpp"
#include "base/format.hpp"
#include "base/time.hpp"
#include "options.hpp"
#include "read_packages.hpp"
#include "sys/file.hpp"
#include "sys/parallel.hpp"

namespace albs::sbom {
namespace {

struct Inputs {
    std::vector<std::string> packages; ///< files
    std::vector<std::string> manifests;
};

Result<Inputs> classify(const cli::Context& context, const DocumentOptions& options)
{
    Inputs inputs;
    for (const std::string& operand : context.operands)
        (operand != "-" && is_rpm(operand) ? inputs.packages : inputs.manifests).push_back(operand);
    for (const std::string& repository : options.repositories) {
        ALBS_TRY(std::vector<std::string> found, packages_below(repository));
        if (found.empty())
            return fail(Kind::input, "no package below '" + repository + "'");
        inputs.packages.insert(inputs.packages.end(), found.begin(), found.end());
    }
    if (inputs.packages.empty() && inputs.manifests.empty())
        inputs.manifests.emplace_back("-");
    return inputs;
}

Status read_into(Manifest& manifest, const std::vector<std::string>& files)
{
    bool first = true;
    for (const std::string& file : files) {
        ALBS_TRY(std::vector<Manifest> some, cli::read_manifests(file));
        for (Manifest& one : some) {
            if (first)
                manifest = std::move(one);
            else
                ALBS_CHECK(manifest.merge(one));
            first = false;
        }
    }
    return {};
}

// Of the manifest's packages, those given as files are read from there, the others from the store.
Result<std::vector<Package>> gather(cli::Context& context, const Manifest& manifest, std::vector<Package> given)
{
    std::unordered_map<std::string, std::size_t> by_digest;
    for (std::size_t i = 0; i < given.size(); ++i)
        by_digest.emplace(given[i].artifact.sha256, i);
    std::vector<const Artifact*> shipped = shipped_packages(manifest);
    std::vector<Package> packages(shipped.size());
    std::vector<bool> used(given.size(), false);
    std::vector<std::size_t> stored;
    for (std::size_t i = 0; i < shipped.size(); ++i) {
        auto found = by_digest.find(shipped[i]->sha256);
        if (found == by_digest.end()) {
            stored.push_back(i);
            continue;
        }
        used[found->second] = true;
        packages[i] = given[found->second];
        packages[i].artifact = *shipped[i];
    }
    if (has_store(context))
        ALBS_CHECK(context.workspace()); // opened before the threads start
    ALBS_CHECK(sys::for_each_parallel(stored.size(), context.jobs(), [&](std::size_t at) -> Status {
        ALBS_TRY(packages[stored[at]], from_store(context, *shipped[stored[at]]));
        return {};
    }));
    for (std::size_t i = 0; i < given.size(); ++i)
        if (!used[i])
            packages.push_back(std::move(given[i]));
    return packages;
}

bool is_named(const Artifact& artifact, const std::string& name)
{
    return artifact.sha256 == name || artifact.unsigned_sha256 == name || artifact.name == name ||
           (artifact.rpm && artifact.rpm->nevra == name);
}

// --package: one package, and the source package that it was made from.
Status select(std::vector<Package>& packages, const Manifest& manifest, const std::string& name, std::string& subject)
{
    std::vector<const Package*> found;
    for (const Package& package : packages)
        if (is_named(package.artifact, name))
            found.push_back(&package);
    if (found.empty())
        for (const Package& package : packages)
            if (package.artifact.rpm && package.artifact.rpm->name == name && package.artifact.kind == "rpm")
                found.push_back(&package);
    if (found.empty())
        return fail(Kind::input, "no package '" + name + "' in the input");
    if (found.size() > 1)
        return fail(Kind::usage, format_text("'{}' names {} packages", name, found.size()),
                    "give the SHA-256 of one, such as " + found[0]->artifact.sha256);
    Package chosen = *found[0];
    const Task* task = manifest.task_of(chosen.artifact);
    const Source* source = task == nullptr ? nullptr : manifest.source(task->source);
    std::vector<Package> kept{chosen};
    for (const Package& package : packages) {
        const Artifact& one = package.artifact;
        bool recorded = source != nullptr && (one.sha256 == source->srpm || one.unsigned_sha256 == source->srpm);
        bool by_name = source == nullptr && chosen.artifact.rpm && chosen.artifact.rpm->sourcerpm == one.name;
        if (one.sha256 != chosen.artifact.sha256 && (recorded || by_name))
            kept.push_back(package);
    }
    subject = chosen.artifact.sha256;
    packages = std::move(kept);
    return {};
}

Result<Locks> locks_of(cli::Context& context, const Manifest& manifest)
{
    Locks locks;
    std::set<std::string> seen;
    for (const Task& task : manifest.tasks()) {
        if (!task.buildroot || seen.contains(*task.buildroot) || !has_store(context))
            continue;
        ALBS_TRY(store::Workspace * workspace, context.workspace());
        if (!workspace->store().has(*task.buildroot))
            continue;
        ALBS_TRY(std::string text, workspace->store().read(*task.buildroot));
        auto packages = read_lock(text);
        if (packages && seen.insert(*task.buildroot).second)
            locks.emplace_back(*task.buildroot, std::move(*packages));
        else
            context.messages.warning("buildroot left out: " + packages.error().message, task.id);
    }
    return locks;
}

Result<Options> graph_options(const DocumentOptions& tool)
{
    Options options{.distro = Distro::parse(tool.distro),
                    .supplier = tool.supplier,
                    .subject = {},
                    .author = tool.author,
                    .files = !tool.no_files,
                    .proofs = !tool.no_proofs,
                    .time = {},
                    .satisfies = satisfies};
    ALBS_TRY(std::optional<Seconds> fixed, given_source_date_epoch());
    if (fixed)
        options.time = format_time(*fixed);
    return options;
}

std::string builder_of(const Manifest& manifest, const DocumentOptions& options)
{
    if (!options.builder.empty())
        return options.builder;
    for (const Notarization& notarization : manifest.notarizations())
        if (notarization.kind == "build")
            return "https://" + notarization.log + "/albs-build";
    return "urn:albs:builder:unidentified";
}

std::string written(const Manifest& manifest, const Graph& graph, const DocumentOptions& options)
{
    if (options.format == "cyclonedx")
        return write_pretty_json(cyclonedx(graph)) + "\n";
    if (options.format != "intoto")
        return write_pretty_json(spdx(graph)) + "\n";
    std::string lines;
    for (const Json& statement : provenance(manifest, graph, builder_of(manifest, options)))
        lines += write_json(statement) + "\n";
    return lines;
}

} // namespace

Result<cli::Outcome> make_document(cli::Context& context, Manifest& manifest, const DocumentOptions& tool)
{
    ALBS_TRY(Inputs inputs, classify(context, tool));
    ALBS_CHECK(read_into(manifest, inputs.manifests));
    ALBS_TRY(std::vector<Package> given, examine_all(context, inputs.packages));
    ALBS_TRY(std::vector<Package> packages, gather(context, manifest, std::move(given)));
    ALBS_TRY(Options options, graph_options(tool));
    if (!tool.package.empty())
        ALBS_CHECK(select(packages, manifest, tool.package, options.subject));
    ALBS_TRY(Locks locks, locks_of(context, manifest));

    Graph graph = describe(manifest, packages, locks, options);
    cli::Outcome outcome{.verdict = cli::Verdict::yes, .document = written(manifest, graph, tool)};
    if (packages.empty())
        context.messages.note("the input holds no package; the document is empty");
    for (const Package& package : packages)
        if (!package.header)
            context.messages.warning("the file is not at hand: licence, files and dependencies are unknown",
                                     package.artifact.name);
    for (const Task* task : manifest.in_force<Task>()) {
        // A package that is not for an architecture is no failure.
        if (task->status == "ok" || (task->reason && task->reason->kind == "arch"))
            continue;
        outcome.verdict = cli::Verdict::no;
        context.messages.warning("left out: the task is " + task->status, task->id);
    }
    return outcome;
}

} // namespace albs::sbom
