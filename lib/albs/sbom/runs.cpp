// SPDX-License-Identifier: GPL-3.0-or-later
// How the components came about: build tasks, their buildroots, the isolation that was in force.
#include <algorithm>
#include <map>

#include "albs/json/fields.hpp"
#include "albs/sbom/parts.hpp"
#include "base/digest.hpp"
#include "base/format.hpp"

namespace albs::sbom {
namespace {

// NAME-[EPOCH:]VERSION-RELEASE.ARCH
void split_nevra(BuildrootPackage& package)
{
    std::string rest = package.nevra;
    std::size_t dot = rest.rfind('.');
    if (dot != std::string::npos) {
        package.arch = rest.substr(dot + 1);
        rest.resize(dot);
    }
    std::size_t release = rest.rfind('-');
    std::size_t version =
        release == std::string::npos || release == 0 ? std::string::npos : rest.rfind('-', release - 1);
    if (version == std::string::npos) {
        package.name = rest;
        return;
    }
    package.name = rest.substr(0, version);
    package.version = rest.substr(version + 1);
}

Component tool_component(const BuildrootPackage& package, const Distro& distro)
{
    Component tool;
    tool.kind = ComponentKind::tool;
    tool.name = package.name;
    tool.version = package.version;
    std::string identity = package.header_sha256 + package.sha256;
    std::string label =
        package.foreign ? format_text("{}-{}.{}", package.name, package.version, package.arch) : package.nevra;
    tool.ref = make_ref(package.foreign ? "host" : "rpm", label, sha256(label + identity).hex());
    // A host's own packages may be no RPMs, and a purl says which kind it is: better none than a wrong one.
    if (package.foreign)
        return tool;
    if (!package.sha256.empty())
        tool.hashes.push_back({"sha256", package.sha256});
    RpmInfo rpm{.name = package.name, .epoch = {}, .version = {}, .release = {}, .arch = package.arch,
                .nevra = package.nevra, .sourcerpm = {}, .header_sha256 = {}, .payload_sha256 = {}};
    std::string version = package.version;
    std::size_t colon = version.find(':');
    if (colon != std::string::npos && colon < 10 && version.find_first_not_of("0123456789") == colon) {
        rpm.epoch = std::stoll(version.substr(0, colon));
        version.erase(0, colon + 1);
    }
    std::size_t dash = version.rfind('-');
    if (dash != std::string::npos) {
        rpm.release = version.substr(dash + 1);
        rpm.version = version.substr(0, dash);
        tool.purl = rpm_purl(rpm, distro).text();
    }
    if (!package.header_sha256.empty())
        tool.properties.push_back({"albs:rpm:header-sha256", package.header_sha256});
    return tool;
}

std::vector<std::string> outputs_of(const Task& task, const std::unordered_map<std::string, std::string>& refs)
{
    std::vector<std::string> outputs;
    for (const JsonText& artifact : task.artifacts)
        if (auto found = refs.find(artifact); found != refs.end())
            outputs.push_back(found->second);
    std::sort(outputs.begin(), outputs.end());
    outputs.erase(std::unique(outputs.begin(), outputs.end()), outputs.end());
    return outputs;
}

Run run_of(const Task& task, const Source* source, const std::unordered_map<std::string, std::string>& refs)
{
    Run run{.id = std::string(plain_id(task)),
            .started = task.started,
            .finished = task.finished,
            .source = {},
            .outputs = outputs_of(task, refs),
            .tools = {},
            .lock = task.buildroot.value_or(""),
            .log = task.log.value_or(""),
            .properties = {{"albs:build:arch", task.arch},
                           {"albs:build:backend", task.backend},
                           {"albs:build:isolation", canonical_json(task.isolation)},
                           {"albs:build:network", task.network ? "true" : "false"},
                           {"albs:build:platform", task.platform},
                           {"albs:build:source", task.source},
                           {"albs:build:source-verified", task.verified ? "true" : "false"}}};
    const OptionalString& package = task.srpm || source == nullptr ? task.srpm : source->srpm;
    if (package)
        if (auto found = refs.find(*package); found != refs.end())
            run.source = found->second;
    return run;
}

} // namespace

Result<std::vector<BuildrootPackage>> read_lock(std::string_view text)
{
    auto json = read_foreign_json(text);
    if (!json)
        return fail(std::move(json).error(), "buildroot lock");
    const Json* list = json->find("packages");
    if (list == nullptr || list->elements() == nullptr)
        return fail(Kind::input, "buildroot lock: no list 'packages'");
    std::vector<BuildrootPackage> packages;
    for (const Json& one : *list->elements()) {
        BuildrootPackage package{.nevra = text_member(one, "nevra"),
                                 .name = text_member(one, "name"),
                                 .version = text_member(one, "version"),
                                 .arch = text_member(one, "arch"),
                                 .sha256 = text_member(one, "sha256"),
                                 .header_sha256 = text_member(one, "header_sha256")};
        if (package.nevra.empty() && package.name.empty())
            return fail(Kind::input, "buildroot lock: a package without 'nevra' and 'name'");
        if (package.nevra.empty())
            package.foreign = true;
        else
            split_nevra(package);
        packages.push_back(std::move(package));
    }
    return packages;
}

void add_runs(Graph& graph, const Facts& facts, const Locks& locks, const Options& options,
              const std::unordered_map<std::string, std::string>& refs)
{
    const Manifest& manifest = facts.manifest();
    std::map<std::string, Component> tools;
    std::map<std::string_view, const std::vector<BuildrootPackage>*> packages_of; // by lock
    for (const auto& [digest, packages] : locks)
        packages_of.emplace(digest, &packages);
    for (const Task* each : manifest.in_force<Task>()) {
        const Task& task = *each;
        Run run = run_of(task, manifest.source(task.source), refs);
        if (task.status != "ok" || run.outputs.empty())
            continue;
        Distro distro = options.distro.id.empty() ? Distro::parse(task.platform) : options.distro;
        if (distro.version.empty())
            distro = {};
        if (auto packages = packages_of.find(run.lock); packages != packages_of.end())
            for (const BuildrootPackage& package : *packages->second) {
                Component tool = tool_component(package, distro);
                run.tools.push_back(tool.ref);
                tools.emplace(tool.ref, std::move(tool));
            }
        std::sort(run.tools.begin(), run.tools.end());
        run.tools.erase(std::unique(run.tools.begin(), run.tools.end()), run.tools.end());
        graph.runs.push_back(std::move(run));
    }
    std::sort(graph.runs.begin(), graph.runs.end(), [](const Run& a, const Run& b) { return a.id < b.id; });
    for (auto& [ref, tool] : tools)
        graph.tools.push_back(std::move(tool));
}

} // namespace albs::sbom
