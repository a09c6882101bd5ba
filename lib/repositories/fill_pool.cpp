// SPDX-License-Identifier: GPL-3.0-or-later
#include "repositories/fill_pool.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "modules/library.hpp"
#include "solve/library.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"

namespace albs::repositories {
namespace {

/// libsolv's form of what was parsed, beside the files it was parsed from; a note says what it is of and its digest.
std::string cache_path(const SyncedRepository& from, bool filelists)
{
    return format_text("{}/{}{}.solv", from.directory, from.find("primary")->checksum,
                       filelists ? "-full" : "-primary");
}

Status write_cache(solve::Pool& pool, const std::string& name, const std::string& path)
{
    ALBS_CHECK(pool.write_cache(name, path));
    ALBS_TRY(sys::FileDigest digest, sys::digest_file(path));
    return sys::write_cache(path + ".sha256", digest.sha256.hex() + " " ALBS_VERSION "\n");
}

bool is_whole(const std::string& path)
{
    auto note = sys::read_file(path + ".sha256", 1000);
    if (!note)
        return false;
    auto digest = sys::digest_file(path);
    return digest && *note == digest->sha256.hex() + " " ALBS_VERSION "\n";
}

Status load_groups(solve::Pool& pool, const SyncedRepository& from, const Settings& settings)
{
    for (const char* type : {"group", "group_gz", "group_xz", "group_zst"})
        if (from.find(type) != nullptr) {
            ALBS_TRY(auto comps, from.file(type, settings));
            return pool.add_groups(from.repository.name, *comps);
        }
    return {};
}

} // namespace

Status load_into(solve::Pool& pool, const SyncedRepository& from, const std::string& arch, bool filelists,
                 const Settings& settings)
{
    const std::string& name = from.repository.name;
    bool partial = !filelists && from.find("filelists") != nullptr;
    std::string path = cache_path(from, !partial);
    if (is_whole(path) && pool.add_cache(name, path, partial)) {
        pool.set_priority(name, from.repository.priority);
        return {};
    }
    solve::Metadata files{.primary = {}, .filelists = {}, .partial = partial};
    ALBS_TRY(auto primary, from.file("primary", settings));
    files.primary = primary.value_or("");
    if (!partial && from.find("filelists") != nullptr) {
        ALBS_TRY(auto lists, from.file("filelists", settings));
        files.filelists = lists.value_or("");
    }
    // Parsed in a pool of its own, and then read back: the order in which packages are installed depends on the order
    // in which a pool gets names, and must not be another the second time.
    ALBS_TRY(std::unique_ptr<solve::Pool> parsed, solve::library().make_pool(arch));
    if (Status done = parsed->add_metadata(name, files); !done)
        return fail(std::move(done).error(), "repository '" + name + "'");
    ALBS_CHECK(write_cache(*parsed, name, path));
    ALBS_CHECK(pool.add_cache(name, path, partial));
    pool.set_priority(name, from.repository.priority);
    return {};
}

Result<modules::Document> module_document(const std::vector<SyncedRepository>& repositories, const Settings& settings)
{
    std::vector<std::string> texts;
    for (const SyncedRepository& one : repositories) {
        ALBS_TRY(auto path, one.file("modules", settings));
        if (!path)
            continue;
        ALBS_TRY(std::string text, solve::library().read_metadata(*path));
        texts.push_back(std::move(text));
    }
    if (texts.empty())
        return modules::Document{};
    return modules::library().read(texts);
}

Result<StreamChoice> modules_of(const std::vector<SyncedRepository>& repositories, const RootQuery& question,
                                const Settings& settings)
{
    ALBS_TRY(modules::Document document, module_document(repositories, settings));
    if (document.streams.empty() && document.defaults.empty()) {
        if (!question.enable.empty())
            return fail(Kind::input, "no repository has module stream '" + question.enable.front() + "'");
        return StreamChoice{};
    }
    return choose_streams(document, question);
}

Result<std::unique_ptr<solve::Pool>> fill_pool(const std::vector<SyncedRepository>& repositories,
                                               const RootQuery& question, const StreamChoice& streams, bool filelists,
                                               const Settings& settings)
{
    ALBS_TRY(std::unique_ptr<solve::Pool> pool, solve::library().make_pool(question.arch));
    bool groups = std::any_of(question.words.begin(), question.words.end(),
                              [](const std::string& word) { return word.starts_with('@'); });
    std::vector<std::string> hotfixes;
    for (const SyncedRepository& one : repositories) {
        ALBS_CHECK(load_into(*pool, one, question.arch, filelists, settings));
        if (groups)
            ALBS_CHECK(load_groups(*pool, one, settings));
        if (one.repository.module_hotfixes)
            hotfixes.push_back(one.repository.name);
    }
    for (const SyncedRepository& one : repositories) {
        if (!one.repository.includes.empty())
            pool->include(one.repository.name, one.repository.includes);
        if (!one.repository.excludes.empty())
            pool->exclude(one.repository.name, one.repository.excludes);
    }
    pool->filter_modules(streams.artifacts, hotfixes);
    return pool;
}

std::string source_name(const std::string& file)
{
    std::size_t dash = file.rfind('-');
    dash = dash == file.npos || dash == 0 ? file.npos : file.rfind('-', dash - 1);
    return dash == file.npos ? "" : file.substr(0, dash);
}

Result<std::vector<solve::PackageId>> add_future(solve::Pool& pool, const std::vector<FuturePackage>& future)
{
    std::vector<solve::PackageId> ids;
    for (const FuturePackage& package : future) {
        if (package.file.empty()) {
            ids.push_back(pool.add_virtual(future_repository, package.says));
            continue;
        }
        ALBS_TRY(solve::PackageId id, pool.add_package(future_repository, package.file));
        ids.push_back(id);
    }
    return ids;
}

} // namespace albs::repositories
