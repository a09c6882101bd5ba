// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/formats/cyclonedx_parts.hpp"
#include "albs/formats/iri.hpp"
#include "albs/sbom/license_ids.hpp"

namespace albs::sbom {
namespace {

std::string_view type_of(ComponentKind kind)
{
    switch (kind) {
    case ComponentKind::source:
    case ComponentKind::patch: return "file";
    default: return "library";
    }
}

Json license_of(const License& license)
{
    bool declared = license.origin != License::Origin::translated;
    Json::Member acknowledgement{"acknowledgement", declared ? "declared" : "concluded"};
    std::string_view id = spdx_license_id(license.expression);
    if (!id.empty())
        return Json::array({Json::object({{"license", Json::object({{"id", id}, acknowledgement})}})});
    bool one_reference = license.expression.rfind("LicenseRef-", 0) == 0 &&
                         license.expression.find(' ') == std::string::npos && license.expression != license.raw;
    if (one_reference)
        return Json::array({Json::object({{"license", Json::object({{"name", license.raw}, acknowledgement})}})});
    return Json::array({Json::object({{"expression", license.expression}, acknowledgement})});
}

Json files_of(const Component& component)
{
    Json files = Json::array();
    for (const FileEntry& file : component.files) {
        Json one = Json::object({{"type", "file"}, {"name", file.path}});
        if (file.hash)
            one.set("hashes", cyclonedx_hashes({*file.hash}));
        if (!file.link_to.empty())
            one.set("properties", cyclonedx_properties({{"albs:rpm:link-to", file.link_to}}));
        files.push(std::move(one));
    }
    return files;
}

Json references_of(const std::vector<Reference>& references)
{
    Json list = Json::array();
    for (const Reference& reference : references) {
        Json one = Json::object({{"type", reference.type}, {"url", iri_reference(reference.url)}});
        if (!reference.comment.empty())
            one.set("comment", reference.comment);
        list.push(std::move(one));
    }
    return list;
}

Json patches_of(const Component& component)
{
    Json patches = Json::array();
    for (const Component& part : component.parts) {
        if (part.kind != ComponentKind::patch)
            continue;
        Json patch =
            Json::object({{"type", "unofficial"}, {"diff", Json::object({{"url", iri_reference(part.name)}})}});
        Json issues = Json::array();
        for (const Property& property : part.properties)
            if (property.name == "albs:patch:resolves")
                issues.push(Json::object({{"type", "security"}, {"id", property.value}}));
        if (!issues.elements()->empty())
            patch.set("resolves", std::move(issues));
        patches.push(std::move(patch));
    }
    return patches;
}

Json pedigree_of(const Component& component, const ByRef& by_ref)
{
    Json pedigree = Json::object();
    if (auto source = by_ref.find(component.made_from); source != by_ref.end()) {
        const Component& from = *source->second;
        Json ancestor = Json::object({{"type", "library"}, {"name", from.name}, {"version", from.version}});
        if (!from.hashes.empty())
            ancestor.set("hashes", cyclonedx_hashes({from.hashes[0]}));
        if (!from.purl.empty())
            ancestor.set("purl", from.purl);
        pedigree.set("ancestors", Json::array({std::move(ancestor)}));
    }
    Json commits = Json::array();
    for (const Commit& commit : component.commits) {
        Json one = Json::object({{"uid", commit.uid}});
        if (!commit.url.empty())
            one.set("url", iri_reference(commit.url));
        if (!commit.time.empty())
            one.set("committer", Json::object({{"timestamp", commit.time}}));
        commits.push(std::move(one));
    }
    if (!commits.elements()->empty())
        pedigree.set("commits", std::move(commits));
    if (Json patches = patches_of(component); !patches.elements()->empty())
        pedigree.set("patches", std::move(patches));
    return pedigree;
}

Json properties_of(const Component& component)
{
    std::vector<Property> properties = component.properties;
    for (const std::string& need : component.unresolved)
        properties.push_back({"albs:rpm:requires:unresolved", need});
    if (!component.debug_of.empty())
        properties.push_back({"albs:rpm:debuginfo-of", component.debug_of});
    return cyclonedx_properties(properties);
}

} // namespace

Json cyclonedx_hashes(const std::vector<Hash>& hashes)
{
    Json list = Json::array();
    for (const Hash& hash : hashes)
        list.push(Json::object({{"alg", cyclonedx_algorithm(hash.algorithm)}, {"content", hash.hex}}));
    return list;
}

Json cyclonedx_properties(const std::vector<Property>& properties)
{
    Json list = Json::array();
    for (const Property& property : properties)
        list.push(Json::object({{"name", property.name}, {"value", property.value}}));
    return list;
}

Json cyclonedx_component(const Component& component, const ByRef& by_ref)
{
    Json out = Json::object({{"type", type_of(component.kind)}, {"bom-ref", component.ref}});
    if (!component.supplier.empty())
        out.set("supplier", Json::object({{"name", component.supplier}}));
    if (!component.supplier.empty())
        out.set("publisher", component.supplier);
    out.set("name", component.name);
    if (!component.version.empty())
        out.set("version", component.version);
    if (!component.summary.empty())
        out.set("description", component.summary);
    if (component.kind == ComponentKind::tool)
        out.set("scope", "excluded");
    if (!component.hashes.empty())
        out.set("hashes", cyclonedx_hashes(component.hashes));
    if (!component.license.expression.empty())
        out.set("licenses", license_of(component.license));
    if (!component.cpe.empty())
        out.set("cpe", component.cpe);
    if (!component.purl.empty())
        out.set("purl", component.purl);
    if (Json pedigree = pedigree_of(component, by_ref); !pedigree.members()->empty())
        out.set("pedigree", std::move(pedigree));
    if (!component.references.empty())
        out.set("externalReferences", references_of(component.references));
    Json parts = files_of(component);
    for (const Component& part : component.parts)
        parts.push(cyclonedx_component(part, by_ref));
    if (!parts.elements()->empty())
        out.set("components", std::move(parts));
    if (Json properties = properties_of(component); !properties.elements()->empty())
        out.set("properties", std::move(properties));
    return out;
}

} // namespace albs::sbom
