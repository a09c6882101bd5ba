// SPDX-License-Identifier: GPL-3.0-or-later
// What people and BuildRequires ask for, as jobs of the solver, understood as dnf understands it.
#include <cstring>
#include <map>

#include "solve/libsolv.hpp"

namespace albs::solve {
namespace {

bool is_glob(const std::string& word)
{
    return word.find_first_of("*?[") != word.npos;
}

/// One of these packages.
void add_choice(::Pool* pool, Numbers& jobs, const Numbers& packages)
{
    jobs.push(SOLVER_INSTALL | SOLVER_SOLVABLE_ONE_OF);
    jobs.push(pool_queuetowhatprovides(pool, const_cast<Queue*>(packages.get())));
}

/// Packages that take the place of these are as good as they, where they were named by name alone.
void add_obsoleters(::Pool* pool, Numbers& packages)
{
    const int count = packages.size();
    for (Id id = 2; id < pool->nsolvables; ++id) {
        Solvable* solvable = pool_id2solvable(pool, id);
        if (solvable->repo == nullptr || solvable->dep_obsoletes == 0 || pool_installable(pool, solvable) == 0)
            continue;
        bool found = false;
        for (const Id* each = solvable->repo->idarraydata + solvable->dep_obsoletes; *each != 0 && !found; ++each)
            for (int i = 0; i < count && !found; ++i)
                found = packages[i] != id && pool_match_nevr(pool, pool_id2solvable(pool, packages[i]), *each) != 0;
        if (found)
            packages.push(id);
    }
}

bool add_by_name(::Pool* pool, const std::string& word, Numbers& jobs)
{
    Numbers selection;
    int flags = SELECTION_NAME | SELECTION_CANON | SELECTION_DOTARCH | (is_glob(word) ? SELECTION_GLOB : 0);
    if (selection_make(pool, selection.get(), word.c_str(), flags) == 0)
        return false;
    Numbers all;
    selection_solvables(pool, selection.get(), all.get());
    std::map<std::string, Numbers> by_name; // a pattern asks for every name that it matches
    for (Id package : all)
        by_name[pool_id2str(pool, pool_id2solvable(pool, package)->name)].push(package);
    for (auto& [name, packages] : by_name) {
        if (name == word || is_glob(word))
            add_obsoleters(pool, packages);
        add_choice(pool, jobs, packages);
    }
    return !by_name.empty();
}

bool add_by_capability(::Pool* pool, const std::string& word, Numbers& jobs)
{
    Numbers selection;
    int flags = SELECTION_PROVIDES | SELECTION_FILELIST | SELECTION_REL | (is_glob(word) ? SELECTION_GLOB : 0);
    if (selection_make(pool, selection.get(), word.c_str(), flags) == 0)
        return false;
    Numbers packages;
    selection_solvables(pool, selection.get(), packages.get());
    if (packages.size() == 0)
        return false;
    add_choice(pool, jobs, packages);
    return true;
}

void add_need(::Pool* pool, const std::string& need, Numbers& jobs)
{
    jobs.push(SOLVER_INSTALL | SOLVER_SOLVABLE_PROVIDES);
    jobs.push(parse_dependency(pool, need));
}

bool has_candidate(::Pool* pool, Id name)
{
    Id id = 0;
    Id at = 0;
    FOR_PROVIDES(id, at, name)
    {
        if (pool_id2solvable(pool, id)->name == name)
            return true;
    }
    return false;
}

/// libsolv has groups as packages "group:ID" whose Requires are the mandatory and whose Recommends the default members.
bool add_group(::Pool* pool, const std::string& word, Numbers& jobs, Solution& solution)
{
    bool found = false;
    for (Id id = 2; id < pool->nsolvables; ++id) {
        Solvable* solvable = pool_id2solvable(pool, id);
        if (solvable->repo == nullptr)
            continue;
        const char* name = pool_id2str(pool, solvable->name);
        if (std::strncmp(name, "group:", 6) != 0)
            continue;
        const char* title = solvable_lookup_str(solvable, SOLVABLE_SUMMARY);
        if (word != name + 6 && (title == nullptr || word != title))
            continue;
        found = true;
        for (Id list : {SOLVABLE_REQUIRES, SOLVABLE_RECOMMENDS}) {
            Numbers members;
            solvable_lookup_deparray(solvable, list, members.get(), 0);
            for (Id member : members) {
                if (ISRELDEP(member) != 0) { // conditional: "a if b"
                    jobs.push(SOLVER_INSTALL | SOLVER_SOLVABLE_PROVIDES);
                    jobs.push(member);
                } else if (member == SOLVABLE_PREREQMARKER)
                    continue;
                else if (has_candidate(pool, member)) {
                    jobs.push(SOLVER_INSTALL | SOLVER_SOLVABLE_NAME);
                    jobs.push(member);
                } else
                    solution.warnings.push_back(std::string("no repository has '") + pool_id2str(pool, member) +
                                                "' of group '" + word + "'");
            }
        }
    }
    return found;
}

} // namespace

void add_word_jobs(::Pool* pool, const Request& request, Numbers& jobs, Solution& solution)
{
    for (const std::string& word : request.words) {
        if (word.starts_with('@')) {
            if (!add_group(pool, word.substr(1), jobs, solution))
                solution.problems.push_back("no repository has a group '" + word.substr(1) + "'");
        } else if (word.starts_with('('))
            add_need(pool, word, jobs);
        else if (!add_by_name(pool, word, jobs) && !add_by_capability(pool, word, jobs))
            solution.problems.push_back("no package matches '" + word + "'");
    }
    for (const std::string& need : request.needs)
        add_need(pool, need, jobs);
    for (const std::string& wish : request.wishes) {
        jobs.push(SOLVER_INSTALL | SOLVER_WEAK | SOLVER_SOLVABLE_PROVIDES);
        jobs.push(parse_dependency(pool, wish));
    }
}

} // namespace albs::solve
