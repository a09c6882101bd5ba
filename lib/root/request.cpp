// SPDX-License-Identifier: GPL-3.0-or-later
#include "root/request.hpp"

#include "repositories/keys.hpp"

namespace albs::root {
namespace {

Result<repositories::Repository> repository_of(const platform::Repository& from, const std::string& workspace,
                                               bool offline)
{
    repositories::Repository repository{.name = from.name};
    if (!from.url.empty())
        repository.urls = {from.url};
    repository.mirrorlist = from.mirrorlist;
    repository.priority = static_cast<int>(from.priority);
    repository.excludes = from.excludes;
    repository.module_hotfixes = from.module_hotfixes;
    ALBS_TRY(repository.gpgkey, repositories::key_file({from.name, from.gpgkeys, from.gpgkey_fingerprints},
                                                       workspace + "/metadata/keys", offline));
    return repository;
}

/// Of a repository that the command line names.
Result<std::string> key_of(const repositories::Repository& repository, const RequestOptions& options,
                           const std::string& workspace)
{
    std::vector<std::string> places = repository.keys;
    if (!options.key.empty())
        places = {options.key};
    else if (!repository.check_packages && !repository.check_metadata)
        places.clear();
    else if (places.empty() && repository.wants_key)
        return fail(Kind::input,
                    "repository '" + repository.name + "' wants its signatures checked, and names no gpgkey",
                    "name the file of its keys with --key FILE");
    auto found = repositories::key_file({repository.name, places, {}}, workspace + "/metadata/keys", options.offline);
    if (!found && places != std::vector<std::string>{options.key})
        found.error().hint = "get the key by a way that you trust, and name the file with --key FILE";
    return found;
}

} // namespace

Result<Request> request_of(const platform::Platform& platform, const std::string& arch, const RequestOptions& options,
                           const std::string& workspace)
{
    Request request{platform.name(), {}, {.arch = arch}};
    ALBS_TRY(platform::Solving solving, platform.solving());
    // A platform that is built for on the host says nothing of roots; the command line may.
    if (platform.backend() != "host") {
        request.question.words = solving.install;
        request.question.base = solving.install;
        request.question.best = solving.best;
        request.question.weak = solving.weak_dependencies;
    }
    request.question.enable = solving.module_enable;
    request.question.weak = request.question.weak || options.weak;
    request.question.platform_id = options.platform_id.empty() ? solving.module_platform_id : options.platform_id;
    // Files that are wrong are told before a server is asked for the platform's keys.
    repositories::Variables variables{platform::base_arch(arch),
                                      options.release.empty() ? solving.releasever : options.release};
    std::vector<repositories::Repository> further;
    for (const std::string& text : options.repositories) {
        ALBS_TRY(auto some, repositories::parse_repository(text, variables));
        further.insert(further.end(), some.begin(), some.end());
    }
    for (const platform::Repository& one : platform.repositories(arch)) {
        ALBS_TRY(repositories::Repository repository, repository_of(one, workspace, options.offline));
        request.repositories.push_back(std::move(repository));
    }
    for (repositories::Repository& one : further) {
        ALBS_TRY(one.gpgkey, key_of(one, options, workspace));
        request.repositories.push_back(std::move(one));
    }
    for (repositories::Repository& one : request.repositories)
        one.excludes.insert(one.excludes.end(), solving.excludes.begin(), solving.excludes.end());
    return request;
}

} // namespace albs::root
