// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository.hpp"

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

} // namespace

Status read_repositories(const std::string& directory, Manifest& manifest, std::vector<PackageFile>& files,
                         cli::Messages& messages)
{
    ALBS_TRY(std::vector<std::string> repositories, repositories_in(directory));
    for (const std::string& repository : repositories) {
        ALBS_TRY(repo::Repomd repomd, repo::library().read_repomd(repository));
        ALBS_CHECK(repo::library().check_metadata(repository, repomd));
        if (const repo::MetadataFile* file = repomd.find(repo::notarizations_type)) {
            std::string path = repository + "/" + file->location;
            ALBS_TRY(std::string text, repo::library().read_metadata_text(path));
            Result<Manifest> carried = Manifest::parse(text);
            if (!carried)
                return fail(std::move(carried).error(), "'" + path + "'");
            ALBS_CHECK(manifest.merge(*carried));
        } else {
            messages.warning("it carries no notarizations", repository);
        }
        ALBS_TRY(std::vector<repo::ListedPackage> packages, repo::library().read_packages(repository, repomd));
        for (const repo::ListedPackage& package : packages)
            files.push_back({.path = repository + "/" + package.location, .sha256 = package.sha256});
    }
    return {};
}

} // namespace albs::notarize
