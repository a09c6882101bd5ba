// SPDX-License-Identifier: GPL-3.0-or-later
// What people and BuildRequires ask for, as jobs of the solver, understood as dnf understands it.
#include <map>
#include <string_view>
#include <vector>

#include "base/format.hpp"
#include "solve/libsolv.hpp"

namespace albs::solve {
namespace {

bool is_glob(const std::string& word)
{
    return word.find_first_of("*?[") != word.npos;
}

/// One of these packages.
void add_choice(::Pool* pool, IdQueue& jobs, const IdQueue& packages)
{
    jobs.push(SOLVER_INSTALL | SOLVER_SOLVABLE_ONE_OF);
    jobs.push(pool_queuetowhatprovides(pool, const_cast<Queue*>(packages.get())));
}

/// Packages that take the place of these are as good as they, where they were named by name alone.
void add_obsoleters(::Pool* pool, IdQueue& packages)
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

bool add_by_name(::Pool* pool, const std::string& word, IdQueue& jobs)
{
    IdQueue selection;
    int flags = SELECTION_NAME | SELECTION_CANON | SELECTION_DOTARCH | (is_glob(word) ? SELECTION_GLOB : 0);
    if (selection_make(pool, selection.get(), word.c_str(), flags) == 0)
        return false;
    IdQueue all;
    selection_solvables(pool, selection.get(), all.get());
    std::map<std::string, IdQueue> by_name; // a pattern asks for every name that it matches
    for (Id package : all)
        by_name[pool_id2str(pool, pool_id2solvable(pool, package)->name)].push(package);
    for (auto& [name, packages] : by_name) {
        if (name == word || is_glob(word))
            add_obsoleters(pool, packages);
        add_choice(pool, jobs, packages);
    }
    return !by_name.empty();
}

bool add_by_capability(::Pool* pool, const std::string& word, IdQueue& jobs)
{
    IdQueue selection;
    int flags = SELECTION_PROVIDES | SELECTION_FILELIST | SELECTION_REL | (is_glob(word) ? SELECTION_GLOB : 0);
    if (selection_make(pool, selection.get(), word.c_str(), flags) == 0)
        return false;
    IdQueue packages;
    selection_solvables(pool, selection.get(), packages.get());
    if (packages.size() == 0)
        return false;
    add_choice(pool, jobs, packages);
    return true;
}

void add_need(::Pool* pool, const std::string& need, IdQueue& jobs)
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

/// libsolv has groups and environments of comps.xml as packages "group:ID" and "environment:ID". Those of that kind
/// that have the word as their id or name, one for each repository that has it.
std::vector<Solvable*> find_comps(::Pool* pool, std::string_view kind, const std::string& word)
{
    std::vector<Solvable*> found;
    for (Id id = 2; id < pool->nsolvables; ++id) {
        Solvable* solvable = pool_id2solvable(pool, id);
        if (solvable->repo == nullptr)
            continue;
        std::string_view name = pool_id2str(pool, solvable->name);
        if (!name.starts_with(kind))
            continue;
        const char* title = solvable_lookup_str(solvable, SOLVABLE_SUMMARY);
        if (name.substr(kind.size()) == word || (title != nullptr && word == title))
            found.push_back(solvable);
    }
    return found;
}

/// Its Requires are the mandatory and its Recommends the default members.
void add_members(::Pool* pool, Solvable* group, const std::string& word, IdQueue& jobs, Solution& solution)
{
    for (Id list : {SOLVABLE_REQUIRES, SOLVABLE_RECOMMENDS}) {
        IdQueue members;
        solvable_lookup_deparray(group, list, members.get(), 0);
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
                solution.warnings.push_back(
                    format_text("no repository has '{}' of group '{}'", pool_id2str(pool, member), word));
        }
    }
}

bool add_group(::Pool* pool, const std::string& word, IdQueue& jobs, Solution& solution)
{
    std::vector<Solvable*> groups = find_comps(pool, "group:", word);
    for (Solvable* group : groups)
        add_members(pool, group, word, jobs, solution);
    return !groups.empty();
}

/// Its Requires are the groups that belong to it; those that can be chosen beside them are its Suggests.
bool add_environment(::Pool* pool, const std::string& word, IdQueue& jobs, Solution& solution)
{
    std::vector<Solvable*> environments = find_comps(pool, "environment:", word);
    for (Solvable* environment : environments) {
        IdQueue groups;
        solvable_lookup_deparray(environment, SOLVABLE_REQUIRES, groups.get(), 0);
        for (Id group : groups) {
            std::string name = pool_id2str(pool, group); // "group:ID"
            if (!add_group(pool, name.substr(name.find(':') + 1), jobs, solution))
                solution.warnings.push_back(format_text("no repository has '{}' of environment '{}'", name, word));
        }
    }
    return !environments.empty();
}

/// "@GROUP", "@^ENVIRONMENT", or "@ENVIRONMENT" where no group has that name.
void add_comps(::Pool* pool, const std::string& word, IdQueue& jobs, Solution& solution)
{
    bool is_environment = word.starts_with("@^");
    const std::string name = word.substr(is_environment ? 2 : 1);
    if (!is_environment && add_group(pool, name, jobs, solution))
        return;
    if (!add_environment(pool, name, jobs, solution))
        solution.problems.push_back(std::string("no repository has ") +
                                    (is_environment ? "an environment '" : "a group '") + name + "'");
}

} // namespace

void add_word_jobs(::Pool* pool, const Request& request, IdQueue& jobs, Solution& solution)
{
    for (const std::string& word : request.words) {
        if (word.starts_with('@'))
            add_comps(pool, word, jobs, solution);
        else if (word.starts_with('('))
            add_need(pool, word, jobs);
        else if (!add_by_name(pool, word, jobs) && !add_by_capability(pool, word, jobs))
            solution.problems.push_back("no package matches '" + word + "'");
    }
    for (const std::string& need : request.needs)
        add_need(pool, need, jobs);
    for (const std::string& need : request.optional_needs) {
        jobs.push(SOLVER_INSTALL | SOLVER_WEAK | SOLVER_SOLVABLE_PROVIDES);
        jobs.push(parse_dependency(pool, need));
    }
}

} // namespace albs::solve
