// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare_again.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/time.hpp"
#include "rpm/library.hpp"

namespace albs::build {
namespace {

using Verdict = rpm::Difference::Verdict;

struct Comparison {
    Reproduction record;
    bool same = false;
};

/// The recorded file, or one that was signed from it; nothing if the store has neither.
std::string at_hand(const Artifact& recorded, const RecordIndex& records, const store::Store& store)
{
    if (store.has(recorded.sha256))
        return std::string(recorded.sha256);
    for (const Signature* signature : records.signatures_over(recorded.sha256))
        if (store.has(signature->artifact))
            return std::string(signature->artifact);
    return "";
}

/// The files at hand that were signed from the recorded one and have the header and the payload of COMPARED: what is
/// said of that is true of them, whatever the manifest says.
Result<std::vector<JsonText>> signed_from(const Artifact& recorded, const std::string& compared,
                                          const RecordIndex& records, const store::Store& store)
{
    std::vector<JsonText> found;
    for (const Signature* signature : records.signatures_over(recorded.sha256)) {
        if (!store.has(compared) || !store.has(signature->artifact) || signature->artifact == compared ||
            std::find(found.begin(), found.end(), signature->artifact) != found.end())
            continue;
        ALBS_TRY(std::string first, store.path(compared));
        ALBS_TRY(std::string second, store.path(signature->artifact));
        ALBS_TRY(rpm::Difference difference, rpm::library().compare(first, second));
        if (difference.verdict == Verdict::identical || difference.verdict == Verdict::signature)
            found.push_back(signature->artifact);
    }
    return found;
}

/// The recorded package beside the one of that name that came out now.
Result<Comparison> compare_package(const Task& task, const Artifact& recorded, const TaskResult& built,
                                   const RecordIndex& records, const store::Store& store)
{
    Comparison comparison;
    Reproduction& record = comparison.record;
    record.artifact = recorded.sha256;
    record.name = recorded.name;
    record.task = plain_id(task);
    record.verdict = "missing";
    record.finished = format_time(current_time());
    auto again = std::find_if(built.artifacts.begin(), built.artifacts.end(), [&](const Artifact& artifact) {
        return artifact.name == recorded.name && artifact.kind == recorded.kind;
    });
    const std::string then = at_hand(recorded, records, store);
    if (!then.empty())
        record.artifact = then;
    if (again != built.artifacts.end()) {
        record.rebuilt = again->sha256;
        rpm::Difference difference;
        if (again->sha256 == recorded.sha256) {
            record.artifact = recorded.sha256;
        } else if (then.empty()) {
            difference.verdict = Verdict::differs;
            difference.what = "the recorded package is not at hand";
        } else {
            ALBS_TRY(std::string first, store.path(then));
            ALBS_TRY(std::string second, store.path(again->sha256));
            ALBS_TRY(difference, rpm::library().compare(first, second));
        }
        comparison.same = difference.verdict == Verdict::identical || difference.verdict == Verdict::signature;
        record.verdict = rpm::verdict_name(difference.verdict);
        record.tags = difference.tags;
        record.file = difference.file;
        record.what = difference.what;
    }
    ALBS_TRY(record.signed_files, signed_from(recorded, std::string(record.artifact), records, store));
    record.id = format_text("{}/rebuilt", record.artifact);
    return comparison;
}

Json report_of(const Reproduction& record, const Artifact& recorded)
{
    return Json::object({{"name", record.name},
                         {"verdict", record.verdict},
                         {"recorded", recorded.sha256},
                         {"rebuilt", record.rebuilt ? Json(*record.rebuilt) : Json()},
                         {"tags", Json::strings(record.tags)},
                         {"file", record.file ? Json(*record.file) : Json()},
                         {"what", record.what ? Json(*record.what) : Json()}});
}

} // namespace

Result<PackageComparisons> compare_packages(const Task& task, const TaskResult& built, const Manifest& manifest,
                                            const RecordIndex& records, const store::Store& store)
{
    PackageComparisons all;
    all.same = all.only_metadata = built.task.status == "ok";
    for (const JsonText& digest : task.artifacts) {
        const Artifact* artifact = manifest.artifact(digest);
        if (artifact == nullptr || !artifact->rpm)
            continue;
        ALBS_TRY(Comparison one, compare_package(task, *artifact, built, records, store));
        all.same = all.same && one.same;
        const bool is_metadata = one.record.verdict == rpm::verdict_name(Verdict::metadata);
        all.only_metadata = all.only_metadata && (one.same || is_metadata);
        all.reports.push(report_of(one.record, *artifact));
        all.records.push_back(std::move(one.record));
    }
    return all;
}

} // namespace albs::build
