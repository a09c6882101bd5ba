// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdlib>

#include "solve/library.hpp"
#include "solve/libsolv.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/module.hpp"

namespace albs::solve {
Id parse_dependency(::Pool* pool, const std::string& text)
{
    if (text.starts_with('('))
        return pool_parserpmrichdep(pool, text.c_str());
    std::size_t space = text.find(' ');
    if (space == std::string::npos)
        return pool_str2id(pool, text.c_str(), 1);
    std::size_t version = text.find(' ', space + 1);
    if (version == std::string::npos)
        return pool_str2id(pool, text.c_str(), 1);
    int flags = 0;
    for (char sign : text.substr(space + 1, version - space - 1))
        flags |= sign == '<' ? REL_LT : sign == '>' ? REL_GT : REL_EQ;
    return pool_rel2id(pool, pool_str2id(pool, text.substr(0, space).c_str(), 1),
                       pool_str2id(pool, text.c_str() + version + 1, 1), flags, 1);
}

Repo* Pool::State::find(const std::string& name) const
{
    int at = 0;
    Repo* repo = nullptr;
    FOR_REPOS(at, repo)
    {
        if (name == repo->name)
            return repo;
    }
    return nullptr;
}

Repo* Pool::State::repository(const std::string& name)
{
    prepared = false;
    Repo* repo = find(name);
    return repo != nullptr ? repo : repo_create(pool.get(), name.c_str());
}

void Pool::State::prepare()
{
    if (prepared)
        return;
    int at = 0;
    Repo* repo = nullptr;
    FOR_REPOS(at, repo)
    {
        repo_internalize(repo);
    }
    if (partial)
        provide_unlisted_paths();
    if (!hidden.empty()) {
        map_free(&considered);
        map_init(&considered, pool->nsolvables);
        map_setall(&considered);
        for (Id id : hidden)
            considered.map[id >> 3] = static_cast<unsigned char>(considered.map[id >> 3] & ~(1 << (id & 7)));
        pool->considered = &considered;
    }
    pool_addfileprovides(pool.get());
    pool_createwhatprovides(pool.get());
    prepared = true;
}

Pool::State::~State()
{
    if (pool)
        pool->considered = nullptr;
    map_free(&considered);
}

Pool::Pool(std::unique_ptr<State> state) : state_(std::move(state)) {}

Pool::~Pool() = default;

Result<std::unique_ptr<Pool>> Library::make_pool(const std::string& arch) const
{
    auto state = std::make_unique<Pool::State>();
    state->pool.reset(pool_create());
    // Debian's libsolv would otherwise compare versions and architectures as dpkg does.
    if (pool_setdisttype(state->pool.get(), DISTTYPE_RPM) < 0)
        return fail(Kind::environment, "this libsolv knows no RPM packages");
    pool_setarch(state->pool.get(), arch.c_str());
    return std::make_unique<Pool>(std::move(state));
}

Result<PackageId> Pool::add_package(const std::string& repository, const std::string& rpm)
{
    if (!sys::exists(rpm))
        return sys::system_error("cannot open", rpm, ENOENT);
    Id package = repo_add_rpm(state_->repository(repository), rpm.c_str(), REPO_REUSE_REPODATA);
    if (package == 0)
        return fail(Kind::input, "'" + rpm + "' is not an RPM package: " + pool_errstr(state_->pool.get()));
    return package;
}

PackageId Pool::add_virtual(const std::string& repository, const VirtualPackage& package)
{
    ::Pool* pool = state_->pool.get();
    Repo* repo = state_->repository(repository);
    Id id = repo_add_solvable(repo);
    Solvable* solvable = pool_id2solvable(pool, id);
    solvable->name = pool_str2id(pool, package.name.c_str(), 1);
    solvable->evr = pool_str2id(pool, package.version.c_str(), 1);
    solvable->arch = pool_str2id(pool, package.arch.c_str(), 1);
    solvable_add_deparray(solvable, SOLVABLE_PROVIDES, pool_rel2id(pool, solvable->name, solvable->evr, REL_EQ, 1), 0);
    for (const std::string& provide : package.provides)
        solvable_add_deparray(solvable, SOLVABLE_PROVIDES, parse_dependency(pool, provide), 0);
    for (const std::string& need : package.needs)
        solvable_add_deparray(solvable, SOLVABLE_REQUIRES, parse_dependency(pool, need), 0);
    for (const std::string& conflict : package.conflicts)
        solvable_add_deparray(solvable, SOLVABLE_CONFLICTS, parse_dependency(pool, conflict), 0);
    return id;
}

Status Pool::add_database(const std::string& repository, const std::string& root)
{
    pool_set_rootdir(state_->pool.get(), root.c_str());
    int code = repo_add_rpmdb(state_->repository(repository), nullptr, REPO_REUSE_REPODATA | REPO_USE_ROOTDIR);
    pool_set_rootdir(state_->pool.get(), nullptr);
    if (code != 0)
        return fail(Kind::environment,
                    "cannot read the rpm database below '" + root + "': " + pool_errstr(state_->pool.get()));
    return {};
}

void Pool::set_installed(const std::string& repository)
{
    pool_set_installed(state_->pool.get(), state_->repository(repository));
}

std::vector<PackageId> Pool::packages(const std::string& repository) const
{
    std::vector<PackageId> list;
    Repo* repo = state_->find(repository);
    if (repo == nullptr)
        return list;
    Id id = 0;
    Solvable* solvable = nullptr;
    FOR_REPO_SOLVABLES(repo, id, solvable)
    {
        list.push_back(id);
    }
    return list;
}

std::string Pool::nevra(PackageId package) const
{
    return pool_solvid2str(state_->pool.get(), package);
}

std::string Pool::name(PackageId package) const
{
    return pool_id2str(state_->pool.get(), pool_id2solvable(state_->pool.get(), package)->name);
}

Description Pool::describe(PackageId package) const
{
    ::Pool* pool = state_->pool.get();
    Solvable* solvable = pool_id2solvable(pool, package);
    Description said;
    said.name = pool_id2str(pool, solvable->name);
    said.arch = pool_id2str(pool, solvable->arch);
    said.nevra = nevra(package);
    std::string evr = pool_id2str(pool, solvable->evr);
    if (std::size_t colon = evr.find(':'); colon != evr.npos) {
        if (std::int64_t epoch = std::strtoll(evr.c_str(), nullptr, 10); epoch != 0)
            said.epoch = epoch;
        evr.erase(0, colon + 1);
    }
    std::size_t dash = std::min(evr.rfind('-'), evr.size());
    said.version = evr.substr(0, dash);
    said.release = dash < evr.size() ? evr.substr(dash + 1) : "";
    Id type = 0;
    if (const char* sum = solvable_lookup_checksum(solvable, SOLVABLE_CHECKSUM, &type)) {
        said.checksum = sum;
        said.checksum_algorithm = solv_chksum_type2str(type);
    }
    said.size = static_cast<std::int64_t>(solvable_lookup_num(solvable, SOLVABLE_DOWNLOADSIZE, 0));
    said.installed_size = static_cast<std::int64_t>(solvable_lookup_num(solvable, SOLVABLE_INSTALLSIZE, 0));
    said.location = location(package);
    const char* base = solvable_lookup_str(solvable, SOLVABLE_MEDIABASE);
    said.base = base == nullptr ? "" : base;
    const char* source = solvable_lookup_sourcepkg(solvable);
    said.source = source == nullptr ? "" : source;
    said.repository = solvable->repo->name;
    return said;
}

std::string Pool::repository(PackageId package) const
{
    return pool_id2solvable(state_->pool.get(), package)->repo->name;
}

std::string Pool::location(PackageId package) const
{
    const char* path = solvable_lookup_location(pool_id2solvable(state_->pool.get(), package), nullptr);
    return path == nullptr ? "" : path;
}

std::optional<std::string> Pool::sha256(PackageId package) const
{
    Id type = 0;
    const char* sum = solvable_lookup_checksum(pool_id2solvable(state_->pool.get(), package), SOLVABLE_CHECKSUM, &type);
    if (sum == nullptr || type != REPOKEY_TYPE_SHA256)
        return std::nullopt;
    return sum;
}

std::optional<PackageId> Pool::previous(PackageId package) const
{
    ::Pool* pool = state_->pool.get();
    const Solvable* newest = pool_id2solvable(pool, package);
    std::optional<PackageId> best;
    for (Id id = 2; id < pool->nsolvables; ++id) {
        const Solvable* other = pool_id2solvable(pool, id);
        if (other->repo == nullptr || other->repo == pool->installed || other->name != newest->name ||
            other->arch != newest->arch || pool_evrcmp(pool, other->evr, newest->evr, EVRCMP_COMPARE) >= 0)
            continue;
        if (!best || pool_evrcmp(pool, other->evr, pool_id2solvable(pool, *best)->evr, EVRCMP_COMPARE) > 0)
            best = id;
    }
    return best;
}

std::vector<PackageId> Pool::providers(const std::string& capability)
{
    Id wanted = parse_dependency(state_->pool.get(), capability);
    if (capability.find('/') != capability.npos)
        state_->mention(wanted);
    state_->prepare();
    std::vector<PackageId> list;
    Id id = 0;
    Id position = 0;
    ::Pool* pool = state_->pool.get();
    FOR_PROVIDES(id, position, wanted)
    {
        list.push_back(id);
    }
    return list;
}

} // namespace albs::solve

ALBS_DRIVER(solve)
