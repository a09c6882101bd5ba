// SPDX-License-Identifier: GPL-3.0-or-later
#include "tree.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/digest.hpp"
#include "base/format.hpp"
#include "repo/library.hpp"
#include "sys/file.hpp"

namespace albs::release {
namespace {

bool is_repository(const std::string& path)
{
    return sys::exists(path + "/repodata");
}

/// Names of the repositories below a tree, at most two levels down.
Result<std::vector<std::string>> find_repositories(const std::string& tree)
{
    std::vector<std::string> found;
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(tree));
    for (const std::string& name : names) {
        std::string path = tree + "/" + name;
        if (!sys::is_directory(path))
            continue;
        if (is_repository(path)) {
            found.push_back(name);
            continue;
        }
        ALBS_TRY(std::vector<std::string> parts, sys::list_directory(path));
        for (const std::string& part : parts)
            if (is_repository(path + "/" + part))
                found.push_back(name + "/" + part);
    }
    return found;
}

/// The bytes of a file that a detached signature beside it covers, and who signed.
struct SignedText {
    std::string bytes;
    std::string key;
};
Result<SignedText> read_signed(const std::string& path, const Keys& keys)
{
    ALBS_TRY(std::string bytes, sys::read_file(path));
    if (!sys::exists(path + ".asc"))
        return fail(Kind::trust, "'" + path + "' is not signed",
                    "this tree was not made by albs-release, or was changed");
    ALBS_TRY(std::string signature, sys::read_file(path + ".asc"));
    ALBS_TRY(std::string key, keys.verify(bytes, signature, path));
    return SignedText{std::move(bytes), std::move(key)};
}

Result<Repository> read_repository(const std::string& path, const Keys& keys)
{
    Repository repository;
    repository.path = path;
    std::string repomd = path + "/repodata/repomd.xml";
    if (!sys::exists(repomd))
        return fail(Kind::trust, "'" + path + "' has repodata without repomd.xml");
    ALBS_TRY(SignedText signed_repomd, read_signed(repomd, keys));
    repository.repomd_sha256 = sha256(signed_repomd.bytes).hex();
    repository.key = signed_repomd.key;
    ALBS_TRY(repository.repomd, repo::library().read_repomd(path));
    ALBS_CHECK(repo::library().check_metadata(path, repository.repomd));
    ALBS_TRY(repository.packages, repo::library().read_packages(path, repository.repomd));
    for (std::size_t at = 0; at < repository.packages.size(); ++at)
        repository.places.emplace(repository.packages[at].sha256, at);
    return repository;
}

/// As dnf tells them apart.
bool is_debug(std::string_view name)
{
    return name.ends_with("-debuginfo") || name.ends_with("-debugsource") ||
           name.find("-debuginfo-common") != std::string_view::npos;
}

} // namespace

const repo::ListedPackage* Repository::find(const std::string& sha256) const
{
    auto place = places.find(sha256);
    return place == places.end() ? nullptr : &packages[place->second];
}

Result<Tree> read_tree(const std::string& path, const Keys& keys)
{
    Tree tree;
    tree.path = path;
    ALBS_TRY(std::vector<std::string> names, find_repositories(path));
    for (const std::string& name : names) {
        ALBS_TRY(tree.repositories[name], read_repository(path + "/" + name, keys));
    }
    std::string history = path + "/release.json";
    if (sys::exists(history)) {
        ALBS_TRY(SignedText signed_history, read_signed(history, keys));
        auto parsed = History::parse(signed_history.bytes);
        if (!parsed)
            return fail(std::move(parsed).error(), "'" + history + "'");
        tree.history = std::move(*parsed);
    }
    return tree;
}

Result<Tree> read_tree(const repo::Generations& generations, const Keys& keys)
{
    if (!generations.current())
        return Tree();
    std::string path = generations.path(*generations.current());
    if (!sys::is_directory(path))
        return fail(Kind::trust, format_text("'{}' leads to '{}', which is not there", generations.directory(), path));
    return read_tree(path, keys);
}

std::vector<std::string> repositories_for(const RpmInfo& package, const std::vector<std::string>& arches)
{
    if (package.arch == "src" || package.arch == "nosrc")
        return {"source"};
    std::string part = is_debug(package.name) ? "/debug" : "/os";
    if (package.arch != "noarch")
        return {package.arch + part};
    std::vector<std::string> all;
    for (const std::string& arch : arches)
        all.push_back(arch + part);
    return all;
}

std::string location_for(const RpmInfo& package)
{
    char first = package.name.empty() ? '_' : package.name.view().front();
    char letter = static_cast<char>(std::tolower(static_cast<unsigned char>(first)));
    return format_text("Packages/{}/{}-{}-{}.{}.rpm", letter, package.name, package.version, package.release,
                       package.arch);
}

std::vector<std::string> arches_of(const Tree& tree)
{
    std::set<std::string> arches;
    for (const auto& [name, repository] : tree.repositories)
        if (std::size_t slash = name.find('/'); slash != std::string::npos)
            arches.insert(name.substr(0, slash));
    return {arches.begin(), arches.end()};
}

} // namespace albs::release
