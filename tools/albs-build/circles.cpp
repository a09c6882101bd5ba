// SPDX-License-Identifier: GPL-3.0-or-later
#include "circles.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace albs::build {
namespace {

/// Tasks that wait for each other, directly or not, of those in a set: Tarjan's algorithm, without recursion, since a
/// chain may have ten thousand links.
class Components {
public:
    Components(const Order& order, const std::vector<std::size_t>& members)
        : order_(order), inside_(order.waits.size(), false), number_(order.waits.size(), 0),
          low_(order.waits.size(), 0), on_stack_(order.waits.size(), false)
    {
        for (std::size_t task : members)
            inside_[task] = true;
        for (std::size_t task : members)
            if (number_[task] == 0)
                visit(task);
    }
    /// Each sorted; those of one task alone are left out.
    std::vector<std::vector<std::size_t>> circles;

private:
    struct Step {
        std::size_t task;
        std::size_t next = 0; ///< wait to look at
    };

    void enter(std::size_t task)
    {
        number_[task] = low_[task] = ++count_;
        stack_.push_back(task);
        on_stack_[task] = true;
        steps_.push_back({task});
    }

    void leave(std::size_t task)
    {
        if (low_[task] != number_[task])
            return;
        std::vector<std::size_t> circle;
        std::size_t last = 0;
        do {
            last = stack_.back();
            stack_.pop_back();
            on_stack_[last] = false;
            circle.push_back(last);
        } while (last != task);
        std::sort(circle.begin(), circle.end());
        if (circle.size() > 1)
            circles.push_back(std::move(circle));
    }

    void visit(std::size_t first)
    {
        enter(first);
        while (!steps_.empty()) {
            const std::size_t task = steps_.back().task;
            const std::vector<Wait>& waits = order_.waits[task];
            if (steps_.back().next < waits.size()) {
                const std::size_t other = waits[steps_.back().next++].task;
                if (inside_[other] && number_[other] == 0)
                    enter(other);
                else if (inside_[other] && on_stack_[other])
                    low_[task] = std::min(low_[task], number_[other]);
                continue;
            }
            steps_.pop_back();
            leave(task);
            if (!steps_.empty())
                low_[steps_.back().task] = std::min(low_[steps_.back().task], low_[task]);
        }
    }

    const Order& order_;
    std::vector<bool> inside_;
    std::vector<std::size_t> number_;
    std::vector<std::size_t> low_;
    std::vector<bool> on_stack_;
    std::vector<std::size_t> stack_;
    std::vector<Step> steps_;
    std::size_t count_ = 0;
};

bool has(const std::vector<std::size_t>& sorted, std::size_t task)
{
    return std::binary_search(sorted.begin(), sorted.end(), task);
}

/// It can be built before all others of its circle.
bool can_be_first(const std::vector<Wait>& waits, const std::vector<std::size_t>& circle)
{
    return std::all_of(waits.begin(), waits.end(),
                       [&](const Wait& wait) { return wait.has_older || !has(circle, wait.task); });
}

void build_first(std::size_t task, const std::vector<std::size_t>& circle, const OrderQuestion& question, Order& order)
{
    std::vector<Wait>& waits = order.waits[task];
    for (const Wait& wait : waits)
        if (has(circle, wait.task))
            order.notes.push_back(format_text("'{}' and '{}' need each other; '{}' is built with the '{}' that the "
                                              "repositories have",
                                              question.tasks[task].id, question.tasks[wait.task].id,
                                              question.tasks[task].id, wait.need));
    waits.erase(std::remove_if(waits.begin(), waits.end(), [&](const Wait& wait) { return has(circle, wait.task); }),
                waits.end());
}

/// Every task of the circle waits for one that no repository can stand in for: following these leads round.
void give_up(const std::vector<std::size_t>& circle, const OrderQuestion& question, Order& order)
{
    auto next = [&](std::size_t task) {
        const std::vector<Wait>& waits = order.waits[task];
        return std::find_if(waits.begin(), waits.end(),
                            [&](const Wait& wait) { return !wait.has_older && has(circle, wait.task); });
    };
    std::vector<std::size_t> way;
    std::size_t at = circle.front();
    while (std::find(way.begin(), way.end(), at) == way.end()) {
        way.push_back(at);
        at = next(at)->task;
    }
    way.erase(way.begin(), std::find(way.begin(), way.end(), at));
    std::string words;
    for (std::size_t task : way)
        words += format_text("{}'{}' {}", words.empty() ? "" : ", ", question.tasks[task].id,
                             reason_of(*next(task), question.tasks[next(task)->task].id));
    for (std::size_t task : way)
        order.impossible[task] = "these need each other, and no repository has an older one: " + words;
    for (std::size_t task : way)
        order.waits[task].clear();
}

} // namespace

void open_circles(const OrderQuestion& question, Order& order)
{
    std::vector<std::size_t> all(order.waits.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = i;
    std::vector<std::vector<std::size_t>> left = Components(order, all).circles;
    while (!left.empty()) {
        const std::vector<std::size_t> circle = std::move(left.back());
        left.pop_back();
        auto first = std::find_if(circle.begin(), circle.end(),
                                  [&](std::size_t task) { return can_be_first(order.waits[task], circle); });
        if (first != circle.end())
            build_first(*first, circle, question, order);
        else
            give_up(circle, question, order);
        for (std::vector<std::size_t>& smaller : Components(order, circle).circles)
            left.push_back(std::move(smaller));
    }
    std::sort(order.notes.begin(), order.notes.end());
}

} // namespace albs::build
