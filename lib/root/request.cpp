// SPDX-License-Identifier: GPL-3.0-or-later
#include "root/request.hpp"

#include "base/digest.hpp"
#include "base/format.hpp"
#include "base/url.hpp"
#include "sys/file.hpp"

namespace albs::root {
namespace {

/// One file of all certificates.
Result<std::string> key_file(const platform::Repository& from, const std::string& workspace)
{
    std::string all;
    std::string path;
    for (const std::string& key : from.gpgkeys) {
        std::string scheme = url_scheme(key);
        if (!scheme.empty() && scheme != "file")
            return fail(Kind::usage,
                        format_text("the key of repository '{}' is '{}', which is no file here", from.name, key),
                        "get it by a way that you trust, and name the file in gpgkey");
        path = scheme == "file" ? key.substr(7) : key;
        ALBS_TRY(std::string text, sys::read_file(path, std::size_t{16} << 20));
        all += text + "\n";
    }
    if (from.gpgkeys.size() < 2)
        return path;
    std::string directory = workspace + "/metadata/keys";
    path = directory + "/" + sha256(all).hex() + ".asc";
    if (!sys::exists(path)) {
        ALBS_CHECK(sys::make_directories(directory));
        ALBS_CHECK(sys::write_file(path, all));
    }
    return path;
}

Result<repositories::Repository> repository_of(const platform::Repository& from, const std::string& workspace)
{
    repositories::Repository repository{.name = from.name};
    if (!from.url.empty())
        repository.urls = {from.url};
    repository.mirrorlist = from.mirrorlist;
    repository.priority = static_cast<int>(from.priority);
    repository.excludes = from.excludes;
    repository.module_hotfixes = from.module_hotfixes;
    ALBS_TRY(repository.gpgkey, key_file(from, workspace));
    return repository;
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
        request.question.best = solving.best;
        request.question.weak = solving.weak_dependencies;
    }
    request.question.enable = solving.module_enable;
    request.question.weak = request.question.weak || options.weak;
    request.question.platform_id = options.platform_id.empty() ? solving.module_platform_id : options.platform_id;
    for (const platform::Repository& one : platform.repositories(arch)) {
        ALBS_TRY(repositories::Repository repository, repository_of(one, workspace));
        request.repositories.push_back(std::move(repository));
    }
    repositories::Variables variables{platform::base_arch(arch),
                                      options.release.empty() ? solving.releasever : options.release};
    for (const std::string& text : options.repositories) {
        ALBS_TRY(auto some, repositories::parse_repository(text, variables));
        request.repositories.insert(request.repositories.end(), some.begin(), some.end());
    }
    for (repositories::Repository& one : request.repositories)
        one.excludes.insert(one.excludes.end(), solving.excludes.begin(), solving.excludes.end());
    return request;
}

} // namespace albs::root
