// SPDX-License-Identifier: GPL-3.0-or-later
// A file is described anew, with nothing but the file, in the format of the document; what both say is compared.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "albs/formats/cyclonedx.hpp"
#include "albs/formats/spdx.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "read_packages.hpp"
#include "verify.hpp"

namespace albs::sbom {
namespace {

using Answer = Finding::Answer;
using Values = std::map<std::string, std::set<std::string>>;

Values values_of(const DescribedComponent& package)
{
    Values values;
    for (const Property& statement : package.statements)
        values[statement.name].insert(statement.value);
    return values;
}

// What only the manifest knows, or whoever had the document made.
bool beyond_the_file(std::string_view statement)
{
    for (std::string_view start :
         {"almalinux:albs:", "albs:build:", "albs:source", "albs:notarization", "albs:test:", "albs:release:",
          "albs:rpm:unsigned-sha256", "albs:signature:created", "albs:signature:algorithm", "albs:signature:waived",
          "albs:rpm:files", "albs:commit", "albs:reference", "commit", "reference ", "supplier", "download location"})
        if (statement.starts_with(start))
            return statement != "reference website" && statement != "albs:reference:website";
    return statement == "albs:rpm:header";
}

std::string quoted(const std::set<std::string>& values)
{
    std::vector<std::string> parts;
    for (const std::string& value : values)
        parts.push_back(value.substr(0, 160));
    return parts.empty() ? "nothing" : join_quoted(parts);
}

// A part of a source package may be stated with more (the lookaside's digest and address) than the header knows.
bool includes(const std::set<std::string>& stated, const std::set<std::string>& known)
{
    if (stated.size() != known.size())
        return false;
    for (const std::string& value : known) {
        std::string start = value.substr(0, value.size() - std::min<std::size_t>(1, value.size()));
        if (std::none_of(stated.begin(), stated.end(), [&](const std::string& one) { return one.starts_with(start); }))
            return false;
    }
    return true;
}

Finding compare_statement(const std::string& package, const std::string& name, const std::set<std::string>* stated,
                          const std::set<std::string>* known)
{
    Finding finding{.package = package, .statement = name, .answer = Answer::holds, .reason = {}};
    if (known == nullptr) {
        bool source_part = name.starts_with("part ");
        bool provable = !beyond_the_file(name) && !source_part;
        finding.answer = provable ? Answer::untrue : Answer::unprovable;
        finding.reason = provable ? format_text("the document says {}, the file does not say it", quoted(*stated))
                                  : "the file alone does not tell";
    } else if (stated == nullptr) {
        finding.answer = Answer::missing;
        finding.reason = format_text("the file says {}, the document nothing", quoted(*known));
    } else if (*stated != *known && !(name.starts_with("part ") && includes(*stated, *known))) {
        finding.answer = Answer::untrue;
        finding.reason = format_text("the document says {}, the file says {}", quoted(*stated), quoted(*known));
    }
    return finding;
}

// What depends on which other packages there are.
bool is_relation(std::string_view name)
{
    return name == "depends on" || name == "made from" || name == "albs:rpm:requires:unresolved" ||
           name == "albs:rpm:debuginfo-of";
}

bool is_file_name(std::string_view name)
{
    return name == "file name" || name == "bsi:component:filename";
}

void compare_statements(const DescribedComponent& document, const DescribedComponent& file, bool relations,
                        Findings& findings)
{
    Values stated = values_of(document);
    Values known = values_of(file);
    bool with_files = std::any_of(stated.begin(), stated.end(),
                                  [](const auto& one) { return one.first.starts_with("file /"); });
    bool files_left_out = stated.count("albs:rpm:files") != 0 && !with_files;
    std::set<std::string> names;
    for (const auto& [name, values] : stated)
        names.insert(name);
    for (const auto& [name, values] : known)
        names.insert(name);
    for (const std::string& name : names) {
        auto ours = stated.find(name);
        auto theirs = known.find(name);
        const std::set<std::string>* says = ours == stated.end() ? nullptr : &ours->second;
        const std::set<std::string>* knows = theirs == known.end() ? nullptr : &theirs->second;
        bool renamed = is_file_name(name) && says != nullptr && knows != nullptr && *says != *knows;
        bool beyond = beyond_the_file(name) || (is_relation(name) && !relations) || renamed;
        if (says == nullptr && (beyond || (files_left_out && name.starts_with("file /"))))
            continue;
        Finding finding = compare_statement(document.title(), name, says, beyond ? nullptr : knows);
        if (beyond) {
            finding.answer = Answer::unprovable;
            finding.reason = is_relation(name) ? "other packages are not at hand" : "the file alone does not tell";
        }
        findings.push_back(std::move(finding));
    }
}

// With the distribution that the document names: a file does not know its own.
std::vector<DescribedComponent> describe_files(const std::vector<Package>& files, const DescribedComponent& stated,
                                               SbomDocument::Format format)
{
    Options options;
    options.satisfies = satisfies;
    if (auto purl = Purl::parse(stated.value("purl"))) {
        auto distro = purl->qualifiers.find("distro");
        options.distro =
            distro == purl->qualifiers.end() ? Distro{purl->name_space, ""} : Distro::parse(distro->second);
    }
    Graph graph = describe(Manifest(), files, {}, options);
    auto document = read_sbom_json(format == SbomDocument::Format::cyclonedx ? cyclonedx(graph) : spdx(graph));
    return document ? std::move(document->packages) : std::vector<DescribedComponent>();
}

// By digest; by NEVRA or file name when the digest is another: then it is the digest that is wrong.
class Descriptions {
public:
    explicit Descriptions(const SbomDocument& document) : packages_(document.packages)
    {
        for (std::size_t at = 0; at < packages_.size(); ++at) {
            by_digest_.try_emplace(packages_[at].value("SHA-256"), at);
            by_nevra_[packages_[at].value("albs:rpm:nevra")] = at;
            by_name_[packages_[at].value("file name")] = at;
        }
    }
    const DescribedComponent* of(const Package& file) const
    {
        if (auto same = by_digest_.find(file.artifact.sha256); same != by_digest_.end())
            return &packages_[same->second];
        // The last of those that share the NEVRA or the name.
        std::optional<std::size_t> last;
        if (auto named = by_nevra_.find(file.artifact.rpm->nevra); named != by_nevra_.end())
            last = named->second;
        if (auto named = by_name_.find(file.artifact.name); named != by_name_.end())
            last = std::max(last.value_or(0), named->second);
        return last ? &packages_[*last] : nullptr;
    }

private:
    const std::vector<DescribedComponent>& packages_;
    std::map<std::string, std::size_t> by_digest_;
    std::map<std::string, std::size_t> by_nevra_;
    std::map<std::string, std::size_t> by_name_;
};

} // namespace

std::string_view answer_name(Answer answer)
{
    switch (answer) {
    case Answer::holds: return "true";
    case Answer::untrue: return "false";
    case Answer::unprovable: return "unprovable";
    default: return "missing";
    }
}

void check_document(const SbomDocument& document, Findings& findings)
{
    Finding finding{.package = "document", .statement = "id", .answer = Answer::holds, .reason = {}};
    if (!document.ours) {
        finding.answer = Answer::unprovable;
        finding.reason = "not made by albs-sbom, so its id says nothing of its content";
    } else if (document.id != document.content_id) {
        finding.answer = Answer::untrue;
        finding.reason = "the document was changed: its content has the id '" + document.content_id + "'";
    }
    findings.push_back(std::move(finding));
}

void check_files(const SbomDocument& document, const std::vector<Package>& files, Findings& findings)
{
    std::map<std::string, std::pair<const DescribedComponent*, const Package*>> matched;
    const Descriptions descriptions(document);
    for (const Package& file : files) {
        const DescribedComponent* stated = descriptions.of(file);
        if (stated == nullptr)
            findings.push_back({file.artifact.name, "description", Answer::missing,
                                "the document does not describe this file (SHA-256 " + file.artifact.sha256 + ")"});
        else
            matched[stated->ref] = {stated, &file};
    }
    // With all of them at hand their relations can be told anew too.
    bool all = matched.size() == document.packages.size();
    std::map<std::string, Values> relations;
    if (all && !files.empty())
        for (const DescribedComponent& package : describe_files(files, document.packages[0], document.format))
            relations[package.value("SHA-256")] = values_of(package);
    for (const auto& [ref, match] : matched) {
        const auto& [stated, file] = match;
        std::vector<DescribedComponent> anew = describe_files({*file}, *stated, document.format);
        if (anew.empty())
            continue;
        DescribedComponent& described = anew.front();
        if (all) {
            std::erase_if(described.statements, [](const Property& one) { return is_relation(one.name); });
            for (const auto& [name, values] : relations[file->artifact.sha256])
                for (const std::string& value : values)
                    if (is_relation(name))
                        described.statements.push_back({name, value});
            std::sort(described.statements.begin(), described.statements.end());
        }
        compare_statements(*stated, described, all, findings);
    }
    for (const DescribedComponent& package : document.packages)
        if (matched.count(package.ref) == 0)
            findings.push_back({package.title(), "file", Answer::unprovable, "the file is not at hand"});
}

} // namespace albs::sbom
