// SPDX-License-Identifier: GPL-3.0-or-later
// What a source package is made of: upstream archives, patches, the spec, and the commit that held them.
#include <algorithm>
#include <cctype>

#include "albs/sbom/parts.hpp"
#include "base/digest.hpp"

namespace albs::sbom {
namespace {

std::string base_name(std::string_view path)
{
    std::size_t slash = path.rfind('/');
    return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

const LookasideFile* lookaside_of(const Source* source, const std::string& name)
{
    if (source != nullptr)
        for (const LookasideFile& file : source->lookaside)
            if (base_name(file.path) == name)
                return &file;
    return nullptr;
}

// "CVE-2024-1234" wherever it stands in the name of a patch.
std::vector<std::string> named_issues(std::string_view name)
{
    std::vector<std::string> issues;
    auto digit = [&](std::size_t i) {
        return i < name.size() && std::isdigit(static_cast<unsigned char>(name[i])) != 0;
    };
    for (std::size_t i = 0; i + 9 < name.size(); ++i) {
        std::string start(name.substr(i, 4));
        std::transform(start.begin(), start.end(), start.begin(), [](unsigned char c) { return std::toupper(c); });
        bool year = digit(i + 4) && digit(i + 5) && digit(i + 6) && digit(i + 7) && name[i + 8] == '-';
        if (start != "CVE-" || !year)
            continue;
        std::size_t end = i + 9;
        while (digit(end))
            ++end;
        if (end - (i + 9) >= 4)
            issues.push_back("CVE-" + std::string(name.substr(i + 4, end - i - 4)));
    }
    return issues;
}

void add_lookaside(Component& part, const LookasideFile& file)
{
    Hash sha256{"sha256", file.sha256};
    // The digest of the header is of the same bytes; where it is not, both stand and do not agree.
    for (const Hash& hash : {sha256, Hash{file.algorithm, file.digest}})
        if (std::find(part.hashes.begin(), part.hashes.end(), hash) == part.hashes.end())
            part.hashes.push_back(hash);
    if (!file.url.empty())
        part.references.push_back({"distribution", file.url, "lookaside"});
    Purl purl{.type = "generic",
              .name_space = {},
              .name = part.name,
              .version = {},
              .qualifiers = {{"checksum", "sha256:" + file.sha256}, {"download_url", file.url}}};
    part.purl = purl.text();
    part.properties.push_back({"albs:source:lookaside", file.path});
}

Component part_of(const Component& whole, const std::string& name, const std::optional<Hash>& hash)
{
    Component part;
    part.kind = ComponentKind::source;
    part.name = name;
    part.file_name = name;
    part.ref = make_ref("file", name, sha256(whole.ref + "/" + name).hex());
    if (hash)
        part.hashes.push_back(*hash);
    return part;
}

void sort_parts(std::vector<Component>& parts)
{
    for (Component& part : parts) {
        std::sort(part.hashes.begin(), part.hashes.end());
        std::sort(part.properties.begin(), part.properties.end());
    }
    std::sort(parts.begin(), parts.end(), [](const Component& a, const Component& b) { return a.ref < b.ref; });
}

} // namespace

void add_sources(Component& component, const Package& package, const Source* source)
{
    if (package.header) {
        for (const FileEntry& file : package.header->files) {
            std::string name = base_name(file.path);
            Component part = part_of(component, name, file.hash);
            const std::vector<std::string>& patches = package.header->patches;
            if (std::find(patches.begin(), patches.end(), name) != patches.end()) {
                part.kind = ComponentKind::patch;
                for (const std::string& issue : named_issues(name))
                    part.properties.push_back({"albs:patch:resolves", issue});
            }
            if (const LookasideFile* kept = lookaside_of(source, name))
                add_lookaside(part, *kept);
            component.parts.push_back(std::move(part));
        }
        // The files of a source package are its parts; no need to say so twice.
        component.files.clear();
        component.files_known = false;
    } else if (source != nullptr) {
        for (const LookasideFile& file : source->lookaside) {
            Component part = part_of(component, base_name(file.path), std::nullopt);
            add_lookaside(part, file);
            component.parts.push_back(std::move(part));
        }
    }
    sort_parts(component.parts);
}

void add_origin(Component& component, const Source& source)
{
    std::string url = source.url.value_or("");
    if (source.commit) {
        component.commits.push_back({*source.commit, url, source.commit_time.value_or("")});
        if (!url.empty())
            component.references.push_back({"vcs", "git+" + url + "@" + *source.commit, source.ref.value_or("")});
    } else if (!url.empty()) {
        component.references.push_back({"source-distribution", url, ""});
    }
}

} // namespace albs::sbom
