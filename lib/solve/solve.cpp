// SPDX-License-Identifier: GPL-3.0-or-later
// The solver's answers: a set to install in order, or problems in words; and the plain closure of requirements.
#include <algorithm>
#include <set>

#include "solve/libsolv.hpp"

namespace albs::solve {
namespace {

using SolverHandle = std::unique_ptr<::Solver, decltype(&solver_free)>;
using TransactionHandle = std::unique_ptr<::Transaction, decltype(&transaction_free)>;

bool is_rich(const ::Pool* pool, Id dependency)
{
    if (ISRELDEP(dependency) == 0)
        return false;
    switch (GETRELDEP(pool, dependency)->flags) {
    case REL_AND:
    case REL_OR:
    case REL_WITH:
    case REL_WITHOUT:
    case REL_COND:
    case REL_UNLESS: return true;
    default: return false;
    }
}

/// What would provide it, were it not excluded or of a module stream that is not enabled.
std::string hidden_providers(::Pool* pool, Id dependency)
{
    if (pool->considered == nullptr || is_rich(pool, dependency))
        return {};
    std::string list;
    int count = 0;
    for (Id id = 2; id < pool->nsolvables; ++id) {
        Solvable* solvable = pool_id2solvable(pool, id);
        if (solvable->repo == nullptr || MAPTST(pool->considered, id) || solvable->dep_provides == 0)
            continue;
        bool provides = false;
        for (const Id* each = solvable->repo->idarraydata + solvable->dep_provides; *each != 0 && !provides; ++each)
            provides = pool_match_dep(pool, *each, dependency) != 0;
        if (provides && ++count <= 3)
            list += std::string(list.empty() ? "" : ", ") + pool_solvid2str(pool, id);
    }
    return list.empty() ? "" : " (hidden: " + list + (count > 3 ? " and others)" : ")");
}

/// Every rule that takes part in a problem, most telling first: "nothing provides X needed by Y" names the cause, where
/// the summary of a chain would only name its first link.
std::vector<std::string> explain(::Solver* solver, Id problem)
{
    std::vector<std::string> causes;
    std::vector<std::string> others;
    IdQueue rules;
    solver_findallproblemrules(solver, problem, rules.get());
    for (int i = 0; i < rules.size(); ++i) {
        Id from = 0;
        Id to = 0;
        Id dependency = 0;
        SolverRuleinfo type = solver_ruleinfo(solver, rules[i], &from, &to, &dependency);
        if (type == SOLVER_RULE_JOB || type == SOLVER_RULE_BEST || type == SOLVER_RULE_UPDATE)
            continue; // what was asked for is no explanation
        std::string text = solver_problemruleinfo2str(solver, type, from, to, dependency);
        if (type == SOLVER_RULE_PKG_NOTHING_PROVIDES_DEP || type == SOLVER_RULE_JOB_NOTHING_PROVIDES_DEP)
            text += hidden_providers(solver->pool, dependency);
        bool link = type == SOLVER_RULE_PKG_REQUIRES;
        (link ? others : causes).push_back(std::move(text));
    }
    std::vector<std::string> all = causes.empty() ? others : causes;
    if (all.empty())
        all.emplace_back(solver_problem2str(solver, problem));
    return all;
}

} // namespace

std::vector<Missing> Pool::closure(const std::vector<PackageId>& of)
{
    state_->prepare();
    ::Pool* pool = state_->pool.get();
    std::vector<Missing> missing;
    for (PackageId package : of) {
        IdQueue needs;
        // -1: Requires and Requires(pre) alike
        (void)solvable_lookup_deparray(pool_id2solvable(pool, package), SOLVABLE_REQUIRES, needs.get(), 0);
        bool rich = false;
        for (int i = 0; i < needs.size(); ++i) {
            if (needs[i] == SOLVABLE_PREREQMARKER)
                continue;
            if (is_rich(pool, needs[i]))
                rich = true;
            else if (pool->whatprovidesdata[pool_whatprovides(pool, needs[i])] == 0)
                missing.push_back({package, pool_dep2str(pool, needs[i])});
        }
        if (!rich)
            continue;
        // "(a if b)" is true or false only for a whole set: the solver decides.
        for (const std::string& problem : solve({.install = {package}}).problems)
            if (problem.starts_with("nothing provides (") && problem.find(nevra(package)) != std::string::npos)
                missing.push_back({package, problem.substr(17, problem.rfind(" needed by ") - 17)});
    }
    return missing;
}

namespace {

/// As dnf sets them.
void set_flags(::Solver* solver, const Request& request)
{
    solver_set_flag(solver, SOLVER_FLAG_IGNORE_RECOMMENDED, request.weak ? 0 : 1);
    solver_set_flag(solver, SOLVER_FLAG_ALLOW_VENDORCHANGE, 1);
    solver_set_flag(solver, SOLVER_FLAG_KEEP_ORPHANS, 1);
    solver_set_flag(solver, SOLVER_FLAG_BEST_OBEY_POLICY, 1);
    solver_set_flag(solver, SOLVER_FLAG_YUM_OBSOLETES, 1);
    solver_set_flag(solver, SOLVER_FLAG_URPM_REORDER, 1);
}

std::string list_of(const Request& request)
{
    std::string all;
    for (const auto* list : {&request.words, &request.needs})
        for (const std::string& one : *list)
            all += (all.empty() ? "'" : ", '") + one + "'";
    return all;
}

/// Does the answer hang on paths that are not known?
bool hangs_on_paths(const ::Pool* pool, const IdQueue& jobs, const std::vector<PackageId>& install,
                    const Request& request)
{
    for (const std::string& word : request.words)
        if (word.find('/') != word.npos && !is_primary_path(word))
            return true;
    for (int i = 0; i + 1 < jobs.size(); i += 2)
        if ((jobs[i] & SOLVER_SELECTMASK) == SOLVER_SOLVABLE_PROVIDES && names_unlisted_path(pool, jobs[i + 1]))
            return true;
    for (PackageId id : install) {
        const Solvable* solvable = pool_id2solvable(pool, id);
        for (Offset list : {solvable->dep_requires, request.weak ? solvable->dep_recommends : Offset{0}})
            if (list != 0)
                for (const Id* each = solvable->repo->idarraydata + list; *each != 0; ++each)
                    if (names_unlisted_path(pool, *each))
                        return true;
    }
    return false;
}

} // namespace

Solution Pool::solve(const Request& request)
{
    ::Pool* pool = state_->pool.get();
    // A path that nobody asked about before must be looked up in the file lists, before jobs point into the index.
    for (const auto* list : {&request.needs, &request.optional_needs, &request.words})
        for (const std::string& text : *list)
            if (text.find('/') != text.npos)
                state_->mention(parse_dependency(pool, text));
    state_->prepare();
    Solution solution;
    IdQueue jobs;
    for (PackageId package : request.install)
        queue_push2(jobs.get(), SOLVER_SOLVABLE | SOLVER_INSTALL, package);
    for (PackageId package : request.update)
        queue_push2(jobs.get(), SOLVER_SOLVABLE | SOLVER_UPDATE, package);
    add_word_jobs(pool, request, jobs, solution);
    if (request.best)
        for (int i = 0; i + 1 < jobs.size(); i += 2)
            jobs.get()->elements[i] |= SOLVER_FORCEBEST;
    if (!solution.problems.empty()) {
        solution.needs_filelists = state_->partial;
        return solution;
    }
    SolverHandle solver(solver_create(pool), solver_free);
    set_flags(solver.get(), request);
    if (solver_solve(solver.get(), jobs.get()) != 0) {
        std::set<std::string> seen;
        for (Id problem = 0; (problem = solver_next_problem(solver.get(), problem)) != 0;)
            for (std::string& text : explain(solver.get(), problem))
                if (seen.insert(text).second)
                    solution.problems.push_back(text == "conflicting requests" ? text + ": " + list_of(request)
                                                                               : std::move(text));
        solution.needs_filelists = state_->partial;
        return solution;
    }
    TransactionHandle transaction(solver_create_transaction(solver.get()), transaction_free);
    transaction_order(transaction.get(), 0);
    for (int i = 0; i < transaction->steps.count; ++i) {
        Id package = transaction->steps.elements[i];
        bool installed = pool->installed != nullptr && pool_id2solvable(pool, package)->repo == pool->installed;
        (installed ? solution.remove : solution.install).push_back(package);
    }
    solution.needs_filelists = state_->partial && hangs_on_paths(pool, jobs, solution.install, request);
    return solution;
}

} // namespace albs::solve
