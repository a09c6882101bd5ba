// SPDX-License-Identifier: GPL-3.0-or-later
// In which order tasks are built: what needs a package waits for the task that makes it.
//
// A task waits for another one if that makes what it needs (by name or by a Provides of the spec), or what a package
// that it needs requires in turn, or if the repositories have what it needs in a package of that one's source.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "repositories/providers.hpp"

namespace albs::build {

/// A task as the order sees it.
struct OrderedTask {
    std::string id;
    std::string source;                  ///< name of its source package
    std::vector<std::string> needs;      ///< BuildRequires
    std::vector<std::size_t> makes;      ///< numbers of its packages
    std::vector<std::string> after = {}; ///< ids of all tasks that are built before it whatever it needs
    /// Of each of OrderQuestion::needs, where streams or repositories of its own say otherwise; empty: they do not.
    std::vector<repositories::ProvidersOfNeed> own_providers = {};
};

/// What all tasks of a platform and an architecture need and make.
struct OrderQuestion {
    std::vector<OrderedTask> tasks;
    std::vector<repositories::FuturePackage> packages;
    std::vector<std::string> needs;                       ///< all of tasks and packages, each once
    std::vector<repositories::ProvidersOfNeed> providers; ///< of each need
};

struct Wait {
    std::size_t task;
    std::string need; ///< because of this; the first one. Empty: because its module has that order
    bool has_older;   ///< the repositories have all that is needed of the task, in another version
};

struct Order {
    std::vector<std::vector<Wait>> waits; ///< of each task, by the other's number, each once; without circles
    std::vector<std::vector<std::size_t>>
        after;                           ///< of each task, those that are built before it whatever it needs, sorted
    std::vector<std::string> late;       ///< of each task, a need that nothing provides yet: it waits for all others
    std::vector<std::string> impossible; ///< of each task, why there is no order for it; else empty
    std::vector<std::string> notes;      ///< circles that were opened, in words
};

/// "needs 'NEED' of 'ID'", or that it is built after that.
std::string reason_of(const Wait& wait, const std::string& id);

/// The needs of all tasks and of their packages, and their conditions, each once, in their order.
std::vector<std::string> needs_of(const OrderQuestion& question);

/// A need with a condition counts where repositories have what the condition names, or it is among the packages that
/// the task needs otherwise; it is no reason to be late.
///
/// What is built after a task is nothing that the task could wait for. Circles are opened where the repositories have
/// what closes them: a task is then built with that. A circle of which they have nothing is impossible, and its tasks
/// are named.
Order order_of(const OrderQuestion& question);

/// For each task, how many waves are built before it; late ones come after all others.
std::vector<std::size_t> waves_of(const Order& order);

/// All tasks whose packages a task may see: those that it waits for, and what these wait for. Sorted.
std::vector<std::size_t> closure_of(const Order& order, const std::vector<std::size_t>& tasks);

} // namespace albs::build
