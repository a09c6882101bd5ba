// SPDX-License-Identifier: GPL-3.0-or-later
// The solver's answers: a set to install in order, or problems in words; and the plain closure of requirements.
#include <algorithm>
#include <set>

#include "solve/libsolv.hpp"

namespace albs::solve {
namespace {

using SolverHandle = std::unique_ptr<::Solver, decltype(&solver_free)>;
using TransactionHandle = std::unique_ptr<::Transaction, decltype(&transaction_free)>;

/// Every rule that takes part in a problem, most telling first: "nothing provides X needed by Y" names the cause, where
/// the summary of a chain would only name its first link.
std::vector<std::string> explain(::Solver* solver, Id problem)
{
    std::vector<std::string> causes;
    std::vector<std::string> others;
    Numbers rules;
    solver_findallproblemrules(solver, problem, rules.get());
    for (int i = 0; i < rules.size(); ++i) {
        Id from = 0;
        Id to = 0;
        Id dependency = 0;
        SolverRuleinfo type = solver_ruleinfo(solver, rules[i], &from, &to, &dependency);
        if (type == SOLVER_RULE_JOB || type == SOLVER_RULE_BEST || type == SOLVER_RULE_UPDATE)
            continue; // what was asked for is no explanation
        std::string text = solver_problemruleinfo2str(solver, type, from, to, dependency);
        bool link = type == SOLVER_RULE_PKG_REQUIRES;
        (link ? others : causes).push_back(std::move(text));
    }
    std::vector<std::string> all = causes.empty() ? others : causes;
    if (all.empty())
        all.emplace_back(solver_problem2str(solver, problem));
    return all;
}

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

} // namespace

std::vector<Missing> Pool::closure(const std::vector<PackageId>& of)
{
    state_->prepare();
    ::Pool* pool = state_->pool.get();
    std::vector<Missing> missing;
    for (PackageId package : of) {
        Numbers needs;
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

Solution Pool::solve(const Request& request)
{
    state_->prepare();
    ::Pool* pool = state_->pool.get();
    Numbers jobs;
    for (PackageId package : request.install)
        queue_push2(jobs.get(), SOLVER_SOLVABLE | SOLVER_INSTALL, package);
    SolverHandle solver(solver_create(pool), solver_free);
    solver_set_flag(solver.get(), SOLVER_FLAG_IGNORE_RECOMMENDED, request.weak ? 0 : 1);
    Solution solution;
    if (solver_solve(solver.get(), jobs.get()) != 0) {
        std::set<std::string> seen;
        for (Id problem = 0; (problem = solver_next_problem(solver.get(), problem)) != 0;)
            for (std::string& text : explain(solver.get(), problem))
                if (seen.insert(text).second)
                    solution.problems.push_back(std::move(text));
        return solution;
    }
    TransactionHandle transaction(solver_create_transaction(solver.get()), transaction_free);
    transaction_order(transaction.get(), 0);
    for (int i = 0; i < transaction->steps.count; ++i) {
        Id package = transaction->steps.elements[i];
        bool installed = pool->installed != nullptr && pool_id2solvable(pool, package)->repo == pool->installed;
        (installed ? solution.remove : solution.install).push_back(package);
    }
    return solution;
}

} // namespace albs::solve
