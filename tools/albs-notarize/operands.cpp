// SPDX-License-Identifier: GPL-3.0-or-later
#include "operands.hpp"

#include <algorithm>
#include <optional>

#include "sys/file.hpp"
#include "sys/first_bytes.hpp"
#include "sys/readable.hpp"

namespace albs::notarize {
namespace {

// By the first bytes: a package is read once, when it is hashed.
bool starts_like_json(const std::string& path)
{
    Result<std::string> head = sys::read_first_bytes(path, 4096);
    std::size_t first = head ? head->find_first_not_of(" \t\r\n") : std::string::npos;
    return first != std::string::npos && (*head)[first] == '{';
}

// The text, when it is a manifest's; nothing for any other file.
std::optional<std::string> manifest_text(const std::string& path)
{
    if (!starts_like_json(path))
        return std::nullopt;
    Result<std::string> text = sys::read_file(path);
    std::size_t first = text ? text->find_first_not_of(" \t\r\n") : std::string::npos;
    if (first == std::string::npos || (*text)[first] != '{' || text->find(Manifest::schema) == std::string::npos)
        return std::nullopt;
    return *std::move(text);
}

Status add_manifests(Result<std::vector<Manifest>> read, Manifest& manifest)
{
    if (!read)
        return tl::unexpected<Error>(std::move(read).error());
    for (Manifest& one : *read) {
        if (manifest.json() == Manifest().json()) // a hundred megabytes that need no copy
            manifest = std::move(one);
        else
            ALBS_CHECK(manifest.merge(one));
    }
    return {};
}

bool has_proof_beside(const PackageFile& file)
{
    return sys::exists(file.path + ".sigstore.json") || sys::exists(file.path + ".tlog-proof");
}

} // namespace

Status read_operands(cli::Context& context, Manifest& manifest, std::vector<PackageFile>& files)
{
    bool has_manifests = !(manifest.json() == Manifest().json()); // from standard input
    for (const std::string& operand : context.operands) {
        if (sys::is_directory(operand)) {
            ALBS_CHECK(read_repositories(operand, manifest, files, context.messages));
            continue;
        }
        // Only of a file the first bytes can be looked at; standard input and pipes have manifests.
        if (operand == "-" || !sys::check_regular(operand)) {
            ALBS_CHECK(add_manifests(cli::read_manifests(operand), manifest));
            has_manifests = true;
            continue;
        }
        std::optional<std::string> text = manifest_text(operand);
        if (!text) {
            files.push_back({.path = operand, .sha256 = {}});
            continue;
        }
        has_manifests = true;
        if (Status added = add_manifests(Manifest::parse_all(std::move(*text)), manifest); !added)
            return fail(std::move(added).error(), "'" + operand + "'");
    }
    if (has_manifests || std::all_of(files.begin(), files.end(), has_proof_beside))
        return {};
    return read_repositories_around(files, manifest);
}

} // namespace albs::notarize
