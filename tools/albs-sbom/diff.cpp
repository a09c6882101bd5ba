// SPDX-License-Identifier: GPL-3.0-or-later
// albs-sbom diff: packages added, removed and changed between two documents, whatever their formats.
#include <algorithm>
#include <map>
#include <set>

#include "albs/formats/sbom_document.hpp"
#include "base/format.hpp"
#include "base/visible.hpp"
#include "options.hpp"
#include "sys/file.hpp"

namespace albs::sbom {
namespace {

struct Change {
    std::string kind; ///< "added", "removed", "changed"
    std::string package;
    std::string statement;
    std::string before;
    std::string after;
};

// What names a package in both documents: name and architecture, so that an update is a change.
std::string key_of(const DescribedComponent& package)
{
    std::string arch = package.value("almalinux:package:arch");
    if (auto purl = Purl::parse(package.value("purl")); purl && arch.empty())
        arch = purl->qualifiers["arch"];
    return package.name + "." + arch;
}

using Packages = std::map<std::string, std::vector<const DescribedComponent*>>;

Packages by_key(const SbomDocument& document)
{
    Packages packages;
    for (const DescribedComponent& package : document.packages)
        packages[key_of(package)].push_back(&package);
    return packages;
}

// Identifiers that follow from others, and other forms of the same statement, would only repeat a change.
bool is_compared(const std::string& statement, bool same_format)
{
    static const std::set<std::string> always{"version",
                                              "SHA-256",
                                              "licence",
                                              "supplier",
                                              "depends on",
                                              "albs:rpm:requires:unresolved",
                                              "albs:signature:key",
                                              "albs:rpm:header-sha256",
                                              "albs:rpm:unsigned-sha256",
                                              "almalinux:albs:build:source:gitCommit"};
    bool content = statement.rfind("file ", 0) == 0 || statement.rfind("part ", 0) == 0;
    return always.count(statement) != 0 || (same_format && content && statement != "file name");
}

std::map<std::string, std::string> statements_of(const DescribedComponent& package, bool same_format)
{
    std::map<std::string, std::string> all;
    for (const Property& statement : package.statements)
        if (is_compared(statement.name, same_format)) {
            std::string& value = all[statement.name];
            value += (value.empty() ? "" : ", ") + statement.value;
        }
    return all;
}

void add_changes(const DescribedComponent& before, const DescribedComponent& after, bool same_format,
                 std::vector<Change>& changes)
{
    auto old_statements = statements_of(before, same_format);
    auto new_statements = statements_of(after, same_format);
    std::set<std::string> names;
    for (const auto& [name, value] : old_statements)
        names.insert(name);
    for (const auto& [name, value] : new_statements)
        names.insert(name);
    for (const std::string& name : names)
        if (old_statements[name] != new_statements[name])
            changes.push_back({"changed", key_of(after), name, old_statements[name], new_statements[name]});
}

std::vector<Change> changes_between(const SbomDocument& before, const SbomDocument& after)
{
    std::vector<Change> changes;
    Packages old_packages = by_key(before);
    Packages new_packages = by_key(after);
    bool same_format = before.format == after.format;
    for (const auto& [key, packages] : old_packages)
        for (std::size_t i = new_packages.count(key) == 0 ? 0 : new_packages[key].size(); i < packages.size(); ++i)
            changes.push_back({"removed", key, "version", packages[i]->version, ""});
    for (const auto& [key, packages] : new_packages) {
        std::size_t known = old_packages.count(key) == 0 ? 0 : old_packages[key].size();
        for (std::size_t i = 0; i < packages.size(); ++i)
            if (i < known)
                add_changes(*old_packages[key][i], *packages[i], same_format, changes);
            else
                changes.push_back({"added", key, "version", "", packages[i]->version});
    }
    return changes;
}

std::string text_report(const std::vector<Change>& changes)
{
    std::string out;
    for (const Change& change : changes)
        out += format_text("{}\t{}\t{}\t{}\t{}\n", change.kind, escape_hidden(change.package),
                           escape_hidden(change.statement), escape_hidden(change.before), escape_hidden(change.after));
    return out;
}

std::string json_report(const std::vector<Change>& changes)
{
    Json list = Json::array();
    auto optional = [](const std::string& value) { return value.empty() ? Json() : Json(value); };
    for (const Change& change : changes)
        list.push(Json::object({{"kind", change.kind},
                                {"package", change.package},
                                {"statement", change.statement},
                                {"before", optional(change.before)},
                                {"after", optional(change.after)}}));
    Json report = Json::object({{"schema", "albs.sbom-difference/1"}});
    report.set("changes", std::move(list));
    return write_json(report) + "\n";
}

Result<SbomDocument> read_document(const std::string& path)
{
    ALBS_TRY(std::string text, sys::read_file(path));
    auto document = read_sbom(text);
    if (!document)
        return fail(std::move(document).error(), "'" + path + "'");
    return document;
}

} // namespace

Result<cli::Outcome> compare_documents(cli::Context& context, const DiffOptions& options)
{
    if (context.operands.size() != 2)
        return fail(Kind::usage, "two documents are compared", "albs-sbom diff OLD NEW");
    ALBS_TRY(SbomDocument before, read_document(context.operands[0]));
    ALBS_TRY(SbomDocument after, read_document(context.operands[1]));
    std::vector<Change> changes = changes_between(before, after);
    return cli::Outcome{.verdict = changes.empty() ? cli::Verdict::yes : cli::Verdict::no,
                        .document = options.report == "json" ? json_report(changes) : text_report(changes)};
}

} // namespace albs::sbom
