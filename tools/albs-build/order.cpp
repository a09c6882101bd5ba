// SPDX-License-Identifier: GPL-3.0-or-later
#include "order.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>

#include "base/format.hpp"
#include "circles.hpp"
#include "condition.hpp"

namespace albs::build {
namespace {

class Waits {
public:
    explicit Waits(const OrderQuestion& question) : question_(question), maker_(question.packages.size(), 0)
    {
        for (std::size_t i = 0; i < question.needs.size(); ++i)
            number_.emplace(question.needs[i], i);
        for (std::size_t i = 0; i < question.tasks.size(); ++i) {
            for (std::size_t package : question.tasks[i].makes)
                maker_[package] = i;
            by_source_[question.tasks[i].source].push_back(i);
        }
    }

    /// late: a need that nothing provides.
    std::vector<Wait> of(std::size_t task, std::string& late) const
    {
        std::map<std::size_t, Wait> found;
        std::set<std::size_t> seen;
        std::vector<std::size_t> packages;
        std::vector<Conditional> open;
        auto take = [&](const std::string& need) {
            if (std::optional<std::string> condition = condition_of(need))
                open.push_back({&need, *std::move(condition)});
            else
                look_at(task, need, found, packages, late);
        };
        for (const std::string& need : question_.tasks[task].needs)
            take(need);
        do {
            // What a package requires has to be there where the package is installed.
            while (!packages.empty()) {
                std::size_t package = packages.back();
                packages.pop_back();
                if (!seen.insert(package).second || maker_[package] == task)
                    continue;
                for (const std::string& need : question_.packages[package].says.needs)
                    take(need);
            }
            take_met(task, open, seen, found, packages);
        } while (!packages.empty());
        std::vector<Wait> waits;
        waits.reserve(found.size());
        for (auto& [other, wait] : found)
            waits.push_back(std::move(wait));
        return waits;
    }

private:
    struct Conditional {
        const std::string* need;
        std::string condition;
    };

    const repositories::ProvidersOfNeed& providers_of(std::size_t task, const std::string& need) const
    {
        const std::vector<repositories::ProvidersOfNeed>& own = question_.tasks[task].own_providers;
        return (own.empty() ? question_.providers : own)[number_.at(need)];
    }

    /// Needs whose condition may hold, by what is known to be installed, are needs like others, and no more open.
    void take_met(std::size_t task, std::vector<Conditional>& open, const std::set<std::size_t>& installed,
                  std::map<std::size_t, Wait>& found, std::vector<std::size_t>& packages) const
    {
        std::string is_no_reason;
        std::erase_if(open, [&](const Conditional& one) {
            const repositories::ProvidersOfNeed& providers = providers_of(task, one.condition);
            const bool may_hold = providers.is_in_repositories ||
                                  std::any_of(providers.future.begin(), providers.future.end(),
                                              [&](std::size_t package) { return installed.contains(package); });
            if (may_hold)
                look_at(task, *one.need, found, packages, is_no_reason);
            return may_hold;
        });
    }

    void look_at(std::size_t task, const std::string& need, std::map<std::size_t, Wait>& found,
                 std::vector<std::size_t>& packages, std::string& late) const
    {
        const repositories::ProvidersOfNeed& providers = providers_of(task, need);
        auto add = [&](std::size_t other) {
            if (other == task)
                return;
            Wait wait{other, need, providers.is_in_repositories};
            auto [at, is_new] = found.emplace(other, wait);
            if (!is_new)
                at->second.has_older = at->second.has_older && wait.has_older;
        };
        for (std::size_t package : providers.future) {
            add(maker_[package]);
            packages.push_back(package);
        }
        for (const std::string& source : providers.sources)
            if (auto known = by_source_.find(source); known != by_source_.end())
                for (std::size_t other : known->second)
                    add(other);
        if (providers.future.empty() && !providers.is_in_repositories && late.empty())
            late = need;
    }

    const OrderQuestion& question_;
    std::vector<std::size_t> maker_; ///< of each package
    std::unordered_map<std::string_view, std::size_t> number_;
    std::unordered_map<std::string_view, std::vector<std::size_t>> by_source_;
};

bool has(const std::vector<std::size_t>& sorted, std::size_t task)
{
    return std::binary_search(sorted.begin(), sorted.end(), task);
}

/// What is no task of this question is built before nothing.
std::vector<std::vector<std::size_t>> numbers_of_after(const OrderQuestion& question)
{
    std::unordered_map<std::string_view, std::size_t> numbers;
    for (std::size_t i = 0; i < question.tasks.size(); ++i)
        numbers.emplace(question.tasks[i].id, i);
    std::vector<std::vector<std::size_t>> after(question.tasks.size());
    for (std::size_t i = 0; i < question.tasks.size(); ++i) {
        for (const std::string& id : question.tasks[i].after)
            if (auto known = numbers.find(id); known != numbers.end())
                after[i].push_back(known->second);
        std::sort(after[i].begin(), after[i].end());
    }
    return after;
}

/// Waits for what is built before whatever is needed, and none for what is built later.
void put_in_sequence(std::size_t task, Order& order)
{
    std::vector<Wait>& waits = order.waits[task];
    std::erase_if(waits, [&](const Wait& wait) { return has(order.after[wait.task], task); });
    const std::vector<std::size_t>& before = order.after[task];
    for (std::size_t other : before) {
        if (std::any_of(before.begin(), before.end(),
                        [&](std::size_t nearer) { return has(order.after[nearer], other); }))
            continue;
        auto known = std::find_if(waits.begin(), waits.end(), [&](const Wait& wait) { return wait.task == other; });
        if (known != waits.end())
            known->has_older = false;
        else
            waits.push_back({other, "", false});
    }
    std::sort(waits.begin(), waits.end(), [](const Wait& one, const Wait& other) { return one.task < other.task; });
}

} // namespace

std::string reason_of(const Wait& wait, const std::string& id)
{
    return wait.need.empty() ? format_text("is built after '{}' of its module", id)
                             : format_text("needs '{}' of '{}'", wait.need, id);
}

std::vector<std::string> needs_of(const OrderQuestion& question)
{
    std::vector<std::string> needs;
    std::set<std::string_view> seen;
    std::set<std::string, std::less<>> conditions;
    auto add = [&](const std::vector<std::string>& list) {
        for (const std::string& need : list) {
            if (seen.insert(need).second)
                needs.push_back(need);
            if (std::optional<std::string> condition = condition_of(need))
                conditions.insert(*std::move(condition));
        }
    };
    for (const OrderedTask& task : question.tasks)
        add(task.needs);
    for (const repositories::FuturePackage& package : question.packages)
        add(package.says.needs);
    for (const std::string& condition : conditions)
        if (!seen.contains(condition))
            needs.push_back(condition);
    return needs;
}

Order order_of(const OrderQuestion& question)
{
    Order order;
    const std::size_t count = question.tasks.size();
    order.waits.resize(count);
    order.late.resize(count);
    order.impossible.resize(count);
    order.after = numbers_of_after(question);
    Waits waits(question);
    for (std::size_t i = 0; i < count; ++i)
        order.waits[i] = waits.of(i, order.late[i]);
    for (std::size_t i = 0; i < count; ++i)
        put_in_sequence(i, order);
    open_circles(question, order);
    return order;
}

std::vector<std::size_t> waves_of(const Order& order)
{
    const std::size_t count = order.waits.size();
    std::vector<std::size_t> left(count);
    std::vector<std::vector<std::size_t>> dependants(count);
    std::vector<std::size_t> waves(count, 0);
    std::vector<std::size_t> ready;
    std::vector<std::size_t> held; // late ones that wait for nothing else
    auto release = [&](std::size_t task) { (order.late[task].empty() ? ready : held).push_back(task); };
    for (std::size_t i = 0; i < count; ++i) {
        left[i] = order.waits[i].size();
        for (const Wait& wait : order.waits[i])
            dependants[wait.task].push_back(i);
        if (left[i] == 0)
            release(i);
    }
    std::size_t next = 0;
    while (!ready.empty() || !held.empty()) {
        if (ready.empty()) {
            for (std::size_t task : held)
                waves[task] = std::max(waves[task], next);
            ready.swap(held);
        }
        std::size_t task = ready.back();
        ready.pop_back();
        next = std::max(next, waves[task] + 1);
        for (std::size_t dependant : dependants[task]) {
            waves[dependant] = std::max(waves[dependant], waves[task] + 1);
            if (--left[dependant] == 0)
                release(dependant);
        }
    }
    return waves;
}

std::vector<std::size_t> closure_of(const Order& order, const std::vector<std::size_t>& tasks)
{
    std::set<std::size_t> all(tasks.begin(), tasks.end());
    std::vector<std::size_t> left = tasks;
    while (!left.empty()) {
        std::size_t task = left.back();
        left.pop_back();
        for (const Wait& wait : order.waits[task])
            if (all.insert(wait.task).second)
                left.push_back(wait.task);
    }
    return {all.begin(), all.end()};
}

} // namespace albs::build
