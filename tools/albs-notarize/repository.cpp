// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository.hpp"

#include <map>
#include <optional>

#include "repo/library.hpp"
#include "sys/file.hpp"

namespace albs::notarize {
namespace {

constexpr std::string_view index_file = "repodata/repomd.xml";

Result<std::vector<std::string>> repositories_in(const std::string& directory)
{
    if (sys::exists(directory + "/" + std::string(index_file)))
        return std::vector<std::string>{directory};
    std::vector<std::string> found;
    ALBS_TRY(std::vector<std::string> files, sys::list_tree(directory));
    for (const std::string& file : files)
        if (file.ends_with("/" + std::string(index_file)))
            found.push_back(directory + "/" + file.substr(0, file.size() - index_file.size() - 1));
    if (found.empty())
        return fail(Kind::input, "'" + directory + "' holds no repository: there is no " + std::string(index_file));
    return found;
}

// Nothing when the repository carries none.
Result<std::optional<Manifest>> carried_proofs(const std::string& repository, const repo::Repomd& repomd)
{
    const repo::MetadataFile* file = repomd.find(repo::notarizations_type);
    if (file == nullptr)
        return std::optional<Manifest>();
    std::string path = repository + "/" + file->location;
    ALBS_TRY(std::string text, repo::library().read_metadata_text(path));
    Result<Manifest> carried = Manifest::parse(text);
    if (!carried)
        return fail(std::move(carried).error(), "'" + path + "'");
    return std::optional<Manifest>(*std::move(carried));
}

// The nearest directory above the file that is a repository; empty without one.
std::string repository_around(const std::string& file)
{
    for (std::string directory = sys::directory_name(file);; directory = sys::directory_name(directory)) {
        if (sys::exists(directory + "/" + std::string(index_file)))
            return directory;
        if (directory.size() <= 1)
            return {};
    }
}

} // namespace

Status read_repositories_around(std::vector<PackageFile>& files, Manifest& manifest)
{
    std::map<std::string, std::map<std::string, PackageFile*>> asked; // by repository: paths in it
    for (PackageFile& file : files) {
        ALBS_TRY(std::string path, sys::absolute_path(file.path));
        std::string repository = file.sha256.empty() && path.ends_with(".rpm") ? repository_around(path) : "";
        if (!repository.empty())
            asked[repository].emplace(path.substr(repository.size() + 1), &file);
    }
    for (const auto& [repository, packages] : asked) {
        ALBS_TRY(repo::Repomd repomd, repo::library().read_repomd(repository));
        ALBS_CHECK(repo::library().check_metadata(repository, repomd));
        ALBS_TRY(std::optional<Manifest> carried, carried_proofs(repository, repomd));
        if (!carried)
            continue;
        ALBS_CHECK(manifest.merge(*carried));
        ALBS_TRY(std::vector<repo::ListedPackage> list, repo::library().read_packages(repository, repomd));
        for (const repo::ListedPackage& package : list)
            if (auto found = packages.find(package.location); found != packages.end())
                found->second->sha256 = package.sha256;
    }
    return {};
}

Status read_repositories(const std::string& directory, Manifest& manifest, std::vector<PackageFile>& files,
                         cli::Messages& messages)
{
    ALBS_TRY(std::vector<std::string> repositories, repositories_in(directory));
    for (const std::string& repository : repositories) {
        ALBS_TRY(repo::Repomd repomd, repo::library().read_repomd(repository));
        ALBS_CHECK(repo::library().check_metadata(repository, repomd));
        ALBS_TRY(std::optional<Manifest> carried, carried_proofs(repository, repomd));
        if (carried)
            ALBS_CHECK(manifest.merge(*carried));
        else
            messages.warning("it carries no notarizations", repository);
        ALBS_TRY(std::vector<repo::ListedPackage> packages, repo::library().read_packages(repository, repomd));
        for (const repo::ListedPackage& package : packages)
            files.push_back({.path = repository + "/" + package.location, .sha256 = package.sha256});
    }
    return {};
}

} // namespace albs::notarize
