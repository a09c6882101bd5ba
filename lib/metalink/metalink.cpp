// SPDX-License-Identifier: GPL-3.0-or-later
#include "metalink/library.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "base/text.hpp"
#include "sys/module.hpp"

namespace albs::metalink {
namespace {

struct Free {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
    void operator()(xmlChar* text) const { xmlFree(text); }
};

bool is(const xmlNode* node, const char* name)
{
    return node->type == XML_ELEMENT_NODE && std::strcmp(reinterpret_cast<const char*>(node->name), name) == 0;
}

std::string attribute(const xmlNode* node, const char* name)
{
    std::unique_ptr<xmlChar, Free> text(xmlGetProp(node, reinterpret_cast<const xmlChar*>(name)));
    return text ? reinterpret_cast<const char*>(text.get()) : "";
}

std::string content(const xmlNode* node)
{
    std::unique_ptr<xmlChar, Free> text(xmlNodeGetContent(node));
    return std::string(trimmed(text ? reinterpret_cast<const char*>(text.get()) : ""));
}

const xmlNode* child(const xmlNode* node, const char* name)
{
    for (const xmlNode* each = node->children; each != nullptr; each = each->next)
        if (is(each, name))
            return each;
    return nullptr;
}

Version read_version(const xmlNode* node)
{
    Version version;
    if (const xmlNode* size = child(node, "size"))
        version.size = std::strtoll(content(size).c_str(), nullptr, 10);
    if (const xmlNode* sums = child(node, "verification"))
        for (const xmlNode* each = sums->children; each != nullptr; each = each->next) {
            if (!is(each, "hash"))
                continue;
            if (attribute(each, "type") == "sha256")
                version.sha256 = lower_case(content(each));
            else if (attribute(each, "type") == "sha512")
                version.sha512 = lower_case(content(each));
        }
    return version;
}

Metalink read_file(const xmlNode* file)
{
    Metalink link;
    link.versions.push_back(read_version(file));
    if (const xmlNode* older = child(file, "alternates"))
        for (const xmlNode* each = older->children; each != nullptr; each = each->next)
            if (is(each, "alternate"))
                link.versions.push_back(read_version(each));
    std::vector<std::pair<long, std::string>> urls;
    if (const xmlNode* resources = child(file, "resources"))
        for (const xmlNode* each = resources->children; each != nullptr; each = each->next)
            if (is(each, "url")) {
                std::string url = content(each);
                if (url.starts_with("http://") || url.starts_with("https://") || url.starts_with("file://"))
                    urls.emplace_back(-std::strtol(attribute(each, "preference").c_str(), nullptr, 10), url);
            }
    std::stable_sort(urls.begin(), urls.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [preference, url] : urls)
        link.urls.push_back(std::move(url));
    return link;
}

} // namespace

Result<Metalink> Library::read(const std::string& text, const std::string& file) const
{
    // No entities, no network, no messages of libxml2's own.
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    std::unique_ptr<xmlDoc, Free> document(
        xmlReadMemory(text.data(), static_cast<int>(text.size()), "metalink", nullptr, options));
    const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    if (root == nullptr || !is(root, "metalink"))
        return fail(Kind::input, "it is no metalink");
    const xmlNode* files = child(root, "files");
    for (const xmlNode* each = files == nullptr ? nullptr : files->children; each != nullptr; each = each->next)
        if (is(each, "file") && attribute(each, "name") == file)
            return read_file(each);
    return fail(Kind::input, "the metalink has no file '" + file + "'");
}

} // namespace albs::metalink

ALBS_DRIVER(metalink)
