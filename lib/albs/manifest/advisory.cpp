// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/advisory.hpp"

#include <algorithm>
#include <array>

#include "albs/json/fields.hpp"
#include "base/time.hpp"

namespace albs {
namespace {

Status check_members(const Json& object, std::initializer_list<std::string_view> known)
{
    if (object.members() == nullptr)
        return fail(Kind::input, "not an object");
    for (const Json::Member& member : *object.members())
        if (std::find(known.begin(), known.end(), member.key) == known.end())
            return fail(Kind::input, "unknown member '" + member.key + "'");
    return {};
}

bool is_cve(std::string_view id)
{
    auto digits = [](std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; };
    return id.size() >= 13 && id.substr(0, 4) == "CVE-" && id[8] == '-' && digits(id.substr(4, 4)) &&
           digits(id.substr(9));
}

/// An id becomes a file name and part of commands: letters, digits and ":-_." only.
bool is_advisory_id(std::string_view id)
{
    return !id.empty() && id.size() <= 100 && std::isalnum(static_cast<unsigned char>(id[0])) != 0 &&
           std::all_of(id.begin(), id.end(), [](char c) {
               return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                      std::string_view(":-_.").find(c) != std::string_view::npos;
           });
}

Result<AdvisoryReference> read_reference(const Json& record)
{
    ALBS_CHECK(check_members(record, {"type", "id", "href", "title"}));
    Fields in(record);
    AdvisoryReference reference{.type = in.one_of("type", {"cve", "bugzilla", "self", "other"}),
                                .id = in.string("id"),
                                .href = in.string("href"),
                                .title = {}};
    reference.title = in.optional_string("title").value_or(reference.id);
    if (reference.type == "cve" && !is_cve(reference.id))
        in.complain("id", "'" + reference.id + "' is no CVE number");
    ALBS_CHECK(in.done());
    return reference;
}

void read_references(Fields& in, Advisory& advisory)
{
    for (const Json* element : in.objects("references")) {
        auto reference = read_reference(*element);
        if (!reference) {
            in.complain("references", reference.error().message);
            return;
        }
        for (const AdvisoryReference& other : advisory.references)
            if (other.type == reference->type && other.id == reference->id)
                in.complain("references", "'" + other.id + "' stands there twice");
        advisory.references.push_back(std::move(*reference));
    }
}

void check_values(Fields& in, const Advisory& advisory)
{
    if (!is_advisory_id(advisory.id))
        in.complain("id", "wants letters, digits and ':-_.', not '" + advisory.id + "'");
    static constexpr std::array<std::string_view, 4> severities = {"Critical", "Important", "Moderate", "Low"};
    if (advisory.severity && std::find(severities.begin(), severities.end(), *advisory.severity) == severities.end())
        in.complain("severity", "wants Critical, Important, Moderate or Low, not '" + *advisory.severity + "'");
    if (advisory.type == "security" && !advisory.severity)
        in.complain("severity", "a security advisory has one");
    auto issued = parse_time(advisory.issued);
    auto updated = parse_time(advisory.updated);
    if (!issued)
        in.complain("issued", issued.error().message);
    else if (!updated)
        in.complain("updated", updated.error().message);
    else if (*updated < *issued)
        in.complain("updated", "is before issued");
    if (advisory.packages.empty())
        in.complain("packages", "names no package");
}

} // namespace

Result<Advisory> parse_advisory(std::string_view text)
{
    ALBS_TRY(Json root, read_json(text));
    ALBS_CHECK(check_members(root, {"schema", "id", "type", "severity", "title", "description", "summary", "solution",
                                    "rights", "from", "issued", "updated", "references", "packages", "reboot_suggested",
                                    "restart_suggested", "relogin_suggested"}));
    Fields in(root);
    (void)in.one_of("schema", {Advisory::schema});
    Advisory advisory;
    advisory.id = in.string("id");
    advisory.type = in.one_of("type", {"security", "bugfix", "enhancement", "newpackage"});
    advisory.severity = in.optional_string("severity");
    advisory.title = in.string("title");
    advisory.description = in.string("description");
    advisory.summary = in.optional_string("summary").value_or("");
    advisory.solution = in.optional_string("solution").value_or("");
    advisory.rights = in.optional_string("rights").value_or("");
    advisory.from = in.optional_string("from").value_or("");
    advisory.issued = in.string("issued");
    advisory.updated = in.optional_string("updated").value_or(advisory.issued);
    advisory.packages = in.strings("packages");
    auto flag = [&](std::string_view key) { return root.find(key) != nullptr && in.boolean(key); };
    advisory.reboot_suggested = flag("reboot_suggested");
    advisory.restart_suggested = flag("restart_suggested");
    advisory.relogin_suggested = flag("relogin_suggested");
    read_references(in, advisory);
    ALBS_CHECK(in.done());
    check_values(in, advisory);
    ALBS_CHECK(in.done());
    advisory.document = std::move(root);
    return advisory;
}

Naming names_package(std::string_view word, const RpmInfo& package)
{
    if (word == package.name)
        return Naming::by_name;
    std::string plain = package.version + "-" + package.release;
    std::string full = std::to_string(package.epoch.value_or(0)) + ":" + plain;
    for (const std::string& evr : {plain, full}) {
        std::string nevr = package.name + "-" + evr;
        if (word == nevr || word == nevr + "." + package.arch)
            return Naming::exact;
    }
    return Naming::none;
}

} // namespace albs
