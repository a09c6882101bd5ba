// SPDX-License-Identifier: GPL-3.0-or-later
// What was recorded of a task, beside what came out when it was done again.
#pragma once
#include <vector>

#include "albs/json/value.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/manifest/record_index.hpp"
#include "store/store.hpp"
#include "task_result.hpp"

namespace albs::build {

struct PackageComparisons {
    Json reports = Json::array();
    std::vector<Reproduction> records; ///< the same, for a manifest
    bool same = true;
    bool only_metadata = true; ///< what differs is what rpm writes of host and time
};

/// Every package that the task made then.
Result<PackageComparisons> compare_packages(const Task& task, const TaskResult& built, const Manifest& manifest,
                                            const RecordIndex& records, const store::Store& store);

} // namespace albs::build
