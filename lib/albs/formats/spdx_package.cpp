// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cctype>

#include "albs/formats/cyclonedx.hpp"
#include "albs/formats/iri.hpp"
#include "albs/formats/spdx_parts.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"

namespace albs::sbom {
namespace {

constexpr std::string_view no_assertion = "NOASSERTION";

// A download location is for everybody: no files, no addresses of one machine.
bool is_public_url(std::string_view url)
{
    if (url.substr(0, 4) == "git+")
        url.remove_prefix(4);
    std::size_t start = url.find("://");
    if (start == std::string_view::npos)
        return false;
    std::string_view scheme = url.substr(0, start);
    if (scheme != "https" && scheme != "http" && scheme != "ssh" && scheme != "git" && scheme != "ftp")
        return false;
    std::string_view host = url.substr(start + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    if (std::size_t user = host.rfind('@'); user != std::string_view::npos)
        host.remove_prefix(user + 1);
    host = host.substr(0, host.find(':'));
    std::size_t dot = host.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || host.size() - dot < 3 || host.size() - dot > 6)
        return false;
    return std::all_of(host.begin() + static_cast<std::ptrdiff_t>(dot) + 1, host.end(),
                       [](unsigned char c) { return std::isalpha(c) != 0; });
}

std::string_view purpose_of(ComponentKind kind)
{
    switch (kind) {
    case ComponentKind::source_package:
    case ComponentKind::source: return "SOURCE";
    case ComponentKind::patch: return "FILE";
    case ComponentKind::bundled: return "LIBRARY";
    default: return "INSTALL";
    }
}

Json checksums_of(const std::vector<Hash>& hashes)
{
    Json list = Json::array();
    for (const Hash& hash : hashes)
        list.push(Json::object({{"algorithm", upper_case(hash.algorithm)}, {"checksumValue", hash.hex}}));
    return list;
}

std::string location_of(const Component& component)
{
    for (const Reference& reference : component.references) {
        bool source = component.kind == ComponentKind::source_package &&
                      (reference.type == "vcs" || reference.type == "source-distribution");
        bool file = reference.type == "distribution";
        if ((source || file) && is_public_url(iri_reference(reference.url)))
            return iri_reference(reference.url);
    }
    return std::string(no_assertion);
}

Json references_of(const Component& component)
{
    Json list = Json::array();
    if (!component.cpe.empty())
        list.push(Json::object({{"referenceCategory", "SECURITY"},
                                {"referenceType", "cpe23Type"},
                                {"referenceLocator", component.cpe}}));
    if (!component.purl.empty())
        list.push(Json::object({{"referenceCategory", "PACKAGE-MANAGER"},
                                {"referenceType", "purl"},
                                {"referenceLocator", component.purl}}));
    return list;
}

void put_license(SpdxLists& lists, Json& package, const License& license)
{
    package.set("licenseConcluded", no_assertion);
    package.set("licenseDeclared", license.expression.empty() ? Json(no_assertion) : Json(license.expression));
    if (license.origin != License::Origin::declared && !license.raw.empty())
        package.set("licenseComments", "License tag: " + license.raw);
    std::size_t at = 0;
    while ((at = license.expression.find("LicenseRef-", at)) != std::string::npos) {
        std::size_t end = license.expression.find_first_of(" )", at);
        lists.licenses.emplace(license.expression.substr(at, end - at), license.raw);
        at += 11;
    }
}

Json annotations_of(const SpdxLists& lists, const Component& component)
{
    Json list = Json::array();
    for (const Property& property : component.properties)
        list.push(lists.annotation(property.name, property.value));
    for (const Commit& commit : component.commits)
        list.push(lists.annotation("albs:commit", commit.uid + (commit.time.empty() ? "" : " " + commit.time)));
    for (const Reference& reference : component.references)
        list.push(lists.annotation("albs:reference:" + reference.type, reference.url));
    for (const std::string& need : component.unresolved)
        list.push(lists.annotation("albs:rpm:requires:unresolved", need));
    return list;
}

void add_files(SpdxLists& lists, const Component& component)
{
    std::string id = spdx_id(component.ref);
    for (const FileEntry& file : component.files) {
        std::string file_id = "SPDXRef-file-" + sha256(component.ref + "/" + file.path).hex().substr(0, 16);
        Json package = Json::object({{"SPDXID", file_id},
                                     {"name", file.path},
                                     {"downloadLocation", no_assertion},
                                     {"filesAnalyzed", false},
                                     {"primaryPackagePurpose", "FILE"}});
        if (file.hash)
            package.set("checksums", checksums_of({*file.hash}));
        if (!file.link_to.empty())
            package.set("annotations", Json::array({lists.annotation("albs:rpm:link-to", file.link_to)}));
        lists.packages.push(std::move(package));
        lists.relate(id, "CONTAINS", file_id);
    }
}

} // namespace

std::string spdx_id(std::string_view ref)
{
    std::string out = "SPDXRef-";
    for (char c : ref)
        out += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' ? c : '-';
    return out;
}

void SpdxLists::relate(const std::string& from, std::string_view type, const std::string& to, std::string_view comment)
{
    Json relation = Json::object({{"spdxElementId", from}, {"relationshipType", type}, {"relatedSpdxElement", to}});
    if (!comment.empty())
        relation.set("comment", comment);
    relationships.push(std::move(relation));
}

Json SpdxLists::annotation(const std::string& name, const std::string& value) const
{
    return Json::object({{"annotationDate", time},
                         {"annotationType", "OTHER"},
                         {"annotator", annotator},
                         {"comment", name + "=" + value}});
}

void add_spdx_component(SpdxLists& lists, const Component& component)
{
    std::string id = spdx_id(component.ref);
    Json package = Json::object({{"SPDXID", id}, {"name", component.name}});
    if (!component.version.empty())
        package.set("versionInfo", component.version);
    if (!component.file_name.empty())
        package.set("packageFileName", component.file_name);
    package.set("supplier",
                component.supplier.empty() ? std::string(no_assertion) : "Organization: " + component.supplier);
    package.set("downloadLocation", location_of(component));
    package.set("filesAnalyzed", false);
    if (!component.hashes.empty())
        package.set("checksums", checksums_of(component.hashes));
    for (const Reference& reference : component.references)
        if (reference.type == "website" && is_public_url(iri_reference(reference.url)))
            package.set("homepage", iri_reference(reference.url));
    put_license(lists, package, component.license);
    package.set("copyrightText", no_assertion);
    if (!component.summary.empty())
        package.set("summary", component.summary);
    if (!component.description.empty())
        package.set("description", component.description);
    if (Json references = references_of(component); !references.elements()->empty())
        package.set("externalRefs", std::move(references));
    package.set("primaryPackagePurpose", purpose_of(component.kind));
    for (const Property& property : component.properties)
        if (property.name == "almalinux:package:timestamp")
            package.set("builtDate", property.value);
    if (Json annotations = annotations_of(lists, component); !annotations.elements()->empty())
        package.set("annotations", std::move(annotations));
    lists.packages.push(std::move(package));
    add_files(lists, component);
    for (const Component& part : component.parts) {
        add_spdx_component(lists, part);
        lists.relate(id, "CONTAINS", spdx_id(part.ref));
        if (part.kind == ComponentKind::patch)
            lists.relate(spdx_id(part.ref), "PATCH_FOR", id);
    }
}

} // namespace albs::sbom
