// SPDX-License-Identifier: GPL-3.0-or-later
// Dependencies on files without the lists of all files. primary.xml lists programs and /etc, which is what nearly all
// such dependencies name; filelists.xml is many times larger. So it is read only when an answer depends on it: every
// other path that some package requires is provided by one stand-in, and if the solution has use for that stand-in or
// holds a package that requires such a path, the question is put again with the file lists.
#include "solve/libsolv.hpp"

namespace albs::solve {

bool is_primary_path(std::string_view path)
{
    return path.starts_with("/etc/") || path == "/usr/lib/sendmail" || path.find("bin/") != path.npos;
}

bool names_unlisted_path(const ::Pool* pool, Id dependency)
{
    if (ISRELDEP(dependency) != 0) {
        const Reldep* relation = GETRELDEP(pool, dependency);
        return names_unlisted_path(pool, relation->name) ||
               (relation->flags > 7 && names_unlisted_path(pool, relation->evr)); // versions are no names
    }
    const char* text = pool_id2str(pool, dependency);
    return *text == '/' && !is_primary_path(text);
}

namespace {

void collect(const ::Pool* pool, Id dependency, Map& seen, std::vector<Id>& paths)
{
    if (ISRELDEP(dependency) != 0) {
        const Reldep* relation = GETRELDEP(pool, dependency);
        collect(pool, relation->name, seen, paths);
        if (relation->flags > 7)
            collect(pool, relation->evr, seen, paths);
        return;
    }
    if (map_tst(&seen, dependency) != 0)
        return;
    map_set(&seen, dependency);
    if (names_unlisted_path(pool, dependency))
        paths.push_back(dependency);
}

} // namespace

void Pool::State::mention(Id dependency)
{
    if (asker == 0)
        asker = make_stand_in("the request");
    Solvable* stand_in = pool_id2solvable(pool.get(), asker);
    solvable_add_deparray(stand_in, SOLVABLE_REQUIRES, dependency, 0);
    repo_internalize(stand_in->repo);
    prepared = false;
}

Id Pool::State::make_stand_in(const char* name)
{
    Id id = repo_add_solvable(repository(name));
    Solvable* stand_in = pool_id2solvable(pool.get(), id);
    stand_in->name = pool_str2id(pool.get(), name, 1);
    stand_in->evr = pool_str2id(pool.get(), "0-0", 1);
    stand_in->arch = ARCH_NOARCH;
    return id;
}

void Pool::State::provide_unlisted_paths()
{
    Map seen;
    map_init(&seen, pool->ss.nstrings);
    std::vector<Id> paths;
    for (Id id = 2; id < pool->nsolvables; ++id) {
        const Solvable* solvable = pool_id2solvable(pool.get(), id);
        if (solvable->repo == nullptr || id == unlisted)
            continue;
        for (Offset list : {solvable->dep_requires, solvable->dep_recommends})
            if (list != 0)
                for (const Id* each = solvable->repo->idarraydata + list; *each != 0; ++each)
                    collect(pool.get(), *each, seen, paths);
    }
    map_free(&seen);
    if (paths.empty())
        return;
    if (unlisted == 0)
        unlisted = make_stand_in("file lists");
    Solvable* stand_in = pool_id2solvable(pool.get(), unlisted);
    stand_in->dep_provides = 0;
    for (Id path : paths)
        solvable_add_deparray(stand_in, SOLVABLE_PROVIDES, path, 0);
    repo_internalize(stand_in->repo);
}

} // namespace albs::solve
