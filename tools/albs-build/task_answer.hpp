// SPDX-License-Identifier: GPL-3.0-or-later
// What a worker answers, before it is believed. A worker may be broken, of another version, or hostile: it can say of
// its own task how that went, and which objects of the store came of it, and nothing else.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "albs/manifest/manifest.hpp"
#include "source.hpp"
#include "store/store.hpp"
#include "task_result.hpp"

namespace albs::build {

struct Answer {
    /// Of the task: status, reason, log, isolation, resources and packages are the worker's, and all else is ours.
    TaskResult result;
    std::vector<std::string> asks_for; ///< what its spec asked for beyond its root
};

/// Brings an object into the store, if it has to be brought.
using Obtain = std::function<Status(std::string_view sha256)>;

/// The answer must be what this version of albs-build writes of that very request. Every object is read again, and
/// what a package is comes from its own header. The error says why it is not believed, whatever its kind.
Result<Answer> answer_in(const std::string& text, const Manifest& request, TaskResult begun,
                         const SourcePackage& source, const store::Store& store, const Obtain& obtain);

} // namespace albs::build
