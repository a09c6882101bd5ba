// SPDX-License-Identifier: GPL-3.0-or-later
// One package as a component. Property names that start with "almalinux:" are alma-sbom's, so that what reads its
// documents reads ours.
#include <algorithm>
#include <array>
#include <set>

#include "albs/sbom/parts.hpp"
#include "base/digest.hpp"
#include "base/format.hpp"
#include "base/time.hpp"

namespace albs::sbom {
namespace {

/// Distributions by the Vendor tag of their packages.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> vendors{
    {{"AlmaLinux", "almalinux"},
     {"Fedora Project", "fedora"},
     {"CentOS", "centos"},
     {"Red Hat, Inc.", "redhat"},
     {"openSUSE", "opensuse"},
     {"SUSE LLC <https://www.suse.com/>", "suse"},
     {"OpenELA", "openela"}}};

Distro distro_of(const Package& package, const Facts& facts, const Options& options)
{
    if (!options.distro.id.empty())
        return options.distro;
    if (const Task* task = facts.task(package.artifact)) {
        Distro distro = Distro::parse(task->platform);
        if (!distro.version.empty())
            return distro;
    }
    if (package.header)
        for (const auto& [vendor, id] : vendors)
            if (package.header->vendor == vendor)
                return {std::string(id), ""};
    return {};
}

void put(Component& component, std::string_view name, const std::string& value)
{
    if (!value.empty())
        component.properties.push_back({std::string(name), value});
}

std::string yes_no(bool value)
{
    return value ? "true" : "false";
}

void put_identity(Component& component, const RpmInfo& rpm)
{
    put(component, "almalinux:package:epoch", rpm.epoch ? std::to_string(*rpm.epoch) : "");
    put(component, "almalinux:package:version", rpm.version);
    put(component, "almalinux:package:release", rpm.release);
    put(component, "almalinux:package:arch", rpm.arch);
    put(component, "almalinux:package:sourcerpm", rpm.sourcerpm.value_or(""));
    put(component, "albs:rpm:nevra", rpm.nevra);
    put(component, "albs:rpm:header-sha256", rpm.header_sha256);
    put(component, "albs:rpm:payload-sha256", rpm.payload_sha256.value_or(""));
    // BSI TR-03183-2 wants to know of each file what it is; an RPM is an archive whose parts are stated.
    put(component, "bsi:component:filename", component.file_name);
    put(component, "bsi:component:executable", "non-executable");
    put(component, "bsi:component:archive", "archive");
    put(component, "bsi:component:structured", "structured");
}

void put_header(Component& component, const Header& header, const Options& options)
{
    component.summary = header.summary;
    component.description = header.description;
    component.license = read_license(header.license);
    component.supplier = header.vendor;
    if (!header.url.empty())
        component.references.push_back({"website", header.url, ""});
    put(component, "almalinux:package:buildhost", header.build_host);
    put(component, "almalinux:package:timestamp", header.build_time > 0 ? format_time(header.build_time) : "");
    put(component, "albs:rpm:license", component.license.raw);
    put(component, "albs:rpm:vendor", header.vendor);
    put(component, "albs:rpm:packager", header.packager);
    put(component, "bsi:component:effectiveLicense", component.license.expression);
    component.files_known = options.files;
    if (options.files) {
        component.files = header.files;
        std::sort(component.files.begin(), component.files.end(),
                  [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; });
    }
    put(component, "albs:rpm:files", options.files ? "" : "left out");
    for (const Capability& provided : header.provides) {
        if (provided.name.rfind("bundled(", 0) != 0 || provided.name.back() != ')')
            continue;
        std::string name = provided.name.substr(8, provided.name.size() - 9);
        Component bundled;
        bundled.kind = ComponentKind::bundled;
        bundled.ref = make_ref("bundled", name, sha256(component.ref + "/" + provided.text).hex());
        bundled.name = name;
        bundled.version = provided.version;
        component.parts.push_back(std::move(bundled));
    }
}

void put_source(Component& component, const Source& source)
{
    bool git = source.commit.has_value();
    put(component, "almalinux:albs:build:source:type", source.kind);
    put(component, git ? "almalinux:albs:build:source:gitURL" : "almalinux:albs:build:source:srpmURL",
        source.url.value_or(""));
    put(component, "almalinux:albs:build:source:gitRef", git ? source.ref.value_or("") : "");
    put(component, "almalinux:albs:build:source:gitCommit", source.commit.value_or(""));
    put(component, "almalinux:albs:build:source:srpmChecksum", git ? "" : source.srpm.value_or(""));
    put(component, "albs:source", std::string(plain_id(source)));
    put(component, "albs:source:tree", source.tree.value_or(""));
    put(component, "albs:source:files", source.files.value_or(""));
    put(component, "albs:source:signature", source.signature.status);
    put(component, "albs:source:signature:key", source.signature.key.value_or(""));
}

void put_task(Component& component, const Task& task)
{
    put(component, "almalinux:albs:build:targetArch", task.arch);
    put(component, "almalinux:albs:build:packageType", "rpm");
    put(component, "albs:build:task", std::string(plain_id(task)));
    put(component, "albs:build:platform", task.platform);
    put(component, "albs:build:backend", task.backend);
    put(component, "albs:build:network", yes_no(task.network));
    put(component, "albs:build:source-verified", yes_no(task.verified));
    put(component, "albs:build:buildroot-sha256", task.buildroot.value_or(""));
}

// All that say they made it, since the log has a statement for each: of a noarch package one for each architecture, of
// a source package those that wrote the very bytes that they started from.
void put_tasks(Component& component, const Artifact& artifact, const Facts& facts)
{
    for (const JsonText& digest : {artifact.sha256, artifact.unsigned_sha256.value_or("")})
        for (const Task* task : facts.manifest().tasks_with(digest))
            put_task(component, *task);
}

void put_signatures(Component& component, const Package& package, const Facts& facts)
{
    const Artifact& artifact = package.artifact;
    // Without the file only the manifest can tell, and it tells of every signature that our tools made.
    put(component, "albs:rpm:signed", yes_no(artifact.unsigned_sha256.has_value() || !package.keys.empty()));
    for (const std::string& key : package.keys)
        put(component, "albs:signature:key", key);
    put(component, "albs:rpm:unsigned-sha256", artifact.unsigned_sha256.value_or(""));
    for (const Signature* signature : facts.records().signatures_in(artifact.sha256)) {
        put(component, "albs:signature:key", signature->key);
        put(component, "albs:signature:algorithm", signature->algorithm);
        put(component, "albs:signature:created", signature->created);
        put(component, "albs:signature:waived", signature->waived.value_or(""));
    }
}

// A document has no tables that its log entries could share: each is complete by itself.
void put_notarization(Component& component, const Notarization& notarization, const Facts& facts,
                      const Options& options)
{
    put(component, "albs:notarization",
        format_text("{} {}#{}", notarization.kind, notarization.log, notarization.index));
    if (!options.proofs)
        return;
    Result<std::vector<Notarization>> complete = facts.entries().complete(notarization);
    if (!complete) // who verifies the document shall see it
        complete = std::vector<Notarization>{notarization};
    for (const Notarization& one : *complete)
        put(component, "albs:notarization:proof", write_json(to_json(one)));
}

void put_evidence(Component& component, const Artifact& artifact, const Facts& facts, const Options& options)
{
    std::vector<std::string> digests{artifact.sha256};
    if (artifact.unsigned_sha256)
        digests.push_back(*artifact.unsigned_sha256);
    for (const std::string& digest : digests) {
        for (const Notarization* notarization : facts.manifest().notarizations_about(digest))
            if (notarization->kind != "test") // its records are not here
                put_notarization(component, *notarization, facts, options);
        std::set<std::pair<std::string, std::string>> results; // of a noarch package each of its tasks has some
        for (const TestResult* test : facts.records().tests_of(digest))
            if (results.emplace(test->name, test->status).second)
                put(component, "albs:test:" + test->name, test->status);
    }
    for (const Signature* signature : facts.records().signatures_in(artifact.sha256))
        for (const Notarization* notarization : facts.manifest().notarizations_about(plain_id(*signature)))
            put_notarization(component, *notarization, facts, options);
    for (const auto& [repository, path] : facts.releases(artifact.sha256))
        put(component, "albs:release:" + repository, path);
}

} // namespace

std::string make_ref(std::string_view kind, std::string_view name, std::string_view sha256)
{
    return format_text("{}:{}:{}", kind, name, sha256.substr(0, 16));
}

Component package_component(const Package& package, const Facts& facts, const Options& options)
{
    const Artifact& artifact = package.artifact;
    Component component;
    bool source_package = artifact.kind == "srpm" || (artifact.rpm && artifact.rpm->arch == "src");
    component.kind = source_package ? ComponentKind::source_package : ComponentKind::package;
    component.file_name = artifact.name;
    component.name = artifact.rpm ? artifact.rpm->name : artifact.name;
    component.ref = make_ref("rpm", artifact.rpm ? artifact.rpm->nevra : artifact.name, artifact.sha256);
    component.hashes.push_back({"sha256", artifact.sha256});
    if (!package.sha512.empty())
        component.hashes.push_back({"sha512", package.sha512});
    if (artifact.rpm) {
        const RpmInfo& rpm = *artifact.rpm;
        component.version = format_text("{}{}-{}", rpm.epoch ? std::to_string(*rpm.epoch) + ":" : std::string(),
                                        rpm.version, rpm.release);
        Distro distro = distro_of(package, facts, options);
        component.purl = rpm_purl(rpm, distro).text();
        component.cpe = rpm_cpe(rpm, distro);
        put_identity(component, rpm);
    }
    if (package.header)
        put_header(component, *package.header, options);
    else
        put(component, "albs:rpm:header", "not at hand: licence, files and dependencies are unknown");
    if (!options.supplier.empty())
        component.supplier = options.supplier;
    const Source* source = facts.source(artifact);
    if (source != nullptr) {
        put_source(component, *source);
        add_origin(component, *source);
        if (source_package)
            for (const Notarization* notarization : facts.manifest().notarizations_about(plain_id(*source)))
                put_notarization(component, *notarization, facts, options);
    }
    put_tasks(component, artifact, facts);
    put_signatures(component, package, facts);
    put_evidence(component, artifact, facts, options);
    if (source_package)
        add_sources(component, package, source);
    std::sort(component.properties.begin(), component.properties.end());
    component.properties.erase(std::unique(component.properties.begin(), component.properties.end()),
                               component.properties.end());
    return component;
}

} // namespace albs::sbom
