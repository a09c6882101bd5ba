// SPDX-License-Identifier: GPL-3.0-or-later
#include "ground.hpp"

#include <algorithm>

#include "albs/digest.hpp"
#include "albs/url.hpp"
#include "solved.hpp"
#include "sys/file.hpp"

namespace albs::build {
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
                        "the key of repository '" + from.name + "' is '" + key + "', which is no file here",
                        "get it by a way that you trust, and name the file in gpgkeys");
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

Result<metadata::Repository> repository_of(const platform::Repository& from, const std::string& workspace)
{
    metadata::Repository repository{.name = from.name};
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

Result<Ground> ground_of(const platform::Platform& platform, const std::string& arch, const RootOptions& options,
                         const std::string& workspace)
{
    Ground ground{platform.name(), {}, {.arch = arch}};
    metadata::Variables variables{platform::base_arch(arch), options.release};
    ground.question.platform_id = options.platform_id;
    if (platform.backend() != "host") {
        ALBS_TRY(platform::Solving solving, platform.solving());
        ground.question.words = solving.install;
        ground.question.enable = solving.module_enable;
        ground.question.best = solving.best;
        ground.question.weak = solving.weak_dependencies;
        if (ground.question.platform_id.empty())
            ground.question.platform_id = solving.module_platform_id;
        if (variables.release.empty())
            variables.release = solving.releasever;
        for (const platform::Repository& one : platform.repositories(arch)) {
            ALBS_TRY(metadata::Repository repository, repository_of(one, workspace));
            repository.excludes.insert(repository.excludes.end(), solving.excludes.begin(), solving.excludes.end());
            ground.repositories.push_back(std::move(repository));
        }
    }
    for (const std::string& text : options.repositories) {
        ALBS_TRY(auto some, metadata::parse_repository(text, variables));
        ground.repositories.insert(ground.repositories.end(), some.begin(), some.end());
    }
    auto& enable = ground.question.enable;
    enable.insert(enable.end(), options.modules.begin(), options.modules.end());
    ground.question.weak = ground.question.weak || options.weak;
    return ground;
}

metadata::Settings settings_of(const RootOptions& options, cli::Context& context)
{
    metadata::Settings settings;
    settings.directory = context.workspace_path() + "/metadata";
    settings.offline = options.offline;
    settings.jobs = std::max<std::size_t>(context.jobs(), 4); // what waits for a server needs no processor
    settings.warn = [&messages = context.messages](const std::string& text) { messages.warning(text); };
    return settings;
}

Status check_solved(const metadata::Answer& answer, cli::Messages& messages)
{
    for (const std::string& warning : answer.warnings)
        messages.warning(warning);
    if (answer.problems.empty())
        return {};
    for (std::size_t i = 1; i < answer.problems.size(); ++i)
        messages.warning(answer.problems[i]);
    return fail(Kind::input, "there is no such root: " + answer.problems.front());
}

metadata::FetchOptions fetch_options(const metadata::Settings& settings, cli::Context& context)
{
    metadata::FetchOptions fetch;
    fetch.jobs = settings.jobs;
    fetch.offline = settings.offline;
    fetch.progress = [&context](std::int64_t done, std::int64_t all) {
        context.messages.progress("fetching", done, all, "packages");
    };
    return fetch;
}

namespace {

metadata::Question with_needs(metadata::Question question, const std::vector<std::string>& needs)
{
    question.needs.insert(question.needs.end(), needs.begin(), needs.end());
    return question;
}

} // namespace

Result<metadata::Lock> lock_root(const Ground& ground, const std::vector<std::string>& needs,
                                 const std::vector<metadata::Synced>& repositories, const metadata::Settings& settings,
                                 cli::Context& context)
{
    metadata::Question question = with_needs(ground.question, needs);
    ALBS_TRY(metadata::Answer answer, metadata::resolve(repositories, question, settings));
    ALBS_CHECK(check_solved(answer, context.messages));
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    ALBS_TRY(auto fetched, metadata::fetch(metadata::wanted_of(answer, repositories), *workspace,
                                           fetch_options(settings, context)));
    metadata::Lock lock = metadata::lock_of(answer, repositories, fetched);
    lock.platform = ground.platform;
    lock.arch = question.arch;
    ALBS_TRY(std::string asked, question_text(ground.platform, question, repositories));
    ALBS_CHECK(remember_solved(*workspace, asked, {metadata::write_lock(lock), answer.warnings}));
    return lock;
}

Result<std::optional<std::string>> known_lock(const Ground& ground, const std::vector<std::string>& needs,
                                              const std::vector<metadata::Synced>& repositories, cli::Context& context)
{
    std::optional<std::string> lock;
    ALBS_TRY(std::string asked, question_text(ground.platform, with_needs(ground.question, needs), repositories));
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    std::optional<Solved> solved = recall_solved(*workspace, asked);
    if (!solved)
        return lock;
    for (const std::string& warning : solved->warnings)
        context.messages.warning(warning);
    lock = std::move(solved->lock);
    return lock;
}

} // namespace albs::build
