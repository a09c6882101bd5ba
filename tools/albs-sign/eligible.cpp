// SPDX-License-Identifier: GPL-3.0-or-later
#include "eligible.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>

#include "albs/evidence/evidence.hpp"
#include "albs/evidence/ledger_changes.hpp"
#include "albs/manifest/record_index.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "cli/waivers.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"
#include "sys/parallel.hpp"

namespace albs::sign {
namespace {

/// "BUILT FILE/KEY" of each signature whose signed file the manifest has.
std::set<std::string> signed_files(const Manifest& manifest)
{
    std::set<std::string> files;
    for (const Signature& signature : manifest.signatures())
        if (manifest.artifact(signature.artifact) != nullptr)
            files.insert(signature.unsigned_sha256 + "/" + signature.key);
    return files;
}

/// The log to trust. None is an answer only where the manifest makes no claim that would need one.
Result<std::optional<Policy>> trusted_log(const GateOptions& options, const cli::Context& context,
                                          const cli::Waivers& waivers, const Manifest& manifest)
{
    ALBS_TRY(std::optional<Policy> given, cli::given_trust(options.trust));
    if (given)
        return given;
    std::string path = cli::own_log_key(context);
    if (waivers.names("notarization") && manifest.notarizations().empty() && !sys::exists(path))
        return std::optional<Policy>();
    auto trust = read_log_trust(path);
    if (trust)
        return std::optional(*trust);
    Error error = trust.error();
    if (error.hint.empty())
        error.hint =
            "name the log's verifier key with --log-key FILE (or --policy FILE), or make a ledger: albs-notarize init";
    return tl::unexpected(std::move(error));
}

/// The tests of a package that failed, by the manifest and by the log, as one line; empty if none did.
std::string failed_tests_of(const Artifact& artifact, const RecordIndex& records, const EvidenceReader* reader)
{
    std::vector<std::string> told;
    std::set<std::string> names; // of the manifest's own
    for (const TestResult* test : records.tests_of(artifact.sha256))
        if (test->status == "fail" && names.insert(format_text("{}/{}", test->task, test->name)).second)
            told.push_back(
                format_text("test '{}' failed{}", test->name, test->reason ? ": " + *test->reason : std::string()));
    if (reader == nullptr || artifact.kind != "rpm")
        return join(told, "; ");
    for (const FailedTest& failure : reader->failed_tests_of({std::string(artifact.sha256)}))
        if (!names.contains(failure.check))
            told.push_back(format_text("test '{}' failed, by entry {} of the log", failure.check, failure.entry));
    if (told.empty() && !reader->unknown_tests().empty())
        told.push_back(reader->unknown_tests());
    return join(told, "; ");
}

/// A gate's refusal of one package.
struct Refusal {
    std::string gate;
    std::string reason;
};

/// Kind::trust where the evidence contradicts itself.
Result<std::vector<Refusal>> refusals_of(const UnsignedPackage& package, const Evidence& evidence,
                                         const EvidenceReader* reader, const RecordIndex& records)
{
    std::vector<Refusal> refusals;
    if (evidence.answer == Evidence::Answer::contradicted)
        return fail(Kind::trust, "'" + package.artifact.name + "': " + evidence.reason,
                    "no waiver covers this: find out who changed what");
    if (evidence.answer == Evidence::Answer::absent) {
        const bool is_withdrawn =
            !evidence.withdrawn.empty() ||
            (reader != nullptr && !reader->unknown_status().empty() && evidence.reason == reader->unknown_status());
        refusals.push_back(is_withdrawn ? Refusal{"status", evidence.reason}
                                        : Refusal{"notarization", "it is not notarized: " + evidence.reason});
    }
    if (std::string failed = failed_tests_of(package.artifact, records, reader); !failed.empty())
        refusals.push_back({"test", std::move(failed)});
    return refusals;
}

/// False if it is not to be signed. What was waived is recorded.
bool is_admitted(UnsignedPackage& package, const std::vector<Refusal>& refusals, cli::Waivers& waivers,
                 cli::Messages& messages)
{
    const std::string& nevra = package.artifact.rpm->nevra;
    std::vector<std::string> reasons;
    for (const Refusal& refusal : refusals) {
        const std::string* why = waivers.reason(refusal.gate, nevra);
        if (why == nullptr) {
            messages.warning("not signed: " + refusal.reason, nevra);
            return false;
        }
        messages.warning(format_text("signed all the same ({}): {}", *why, refusal.reason), nevra);
        reasons.push_back(format_text("{}: {}", refusal.gate, *why));
    }
    if (!reasons.empty())
        package.waived = join(reasons, "; ");
    return true;
}

/// Of a file that no manifest tells of: what the ledger has against it, or against what it was made from.
Result<std::vector<Refusal>> opposition_to(const UnsignedPackage& package, const EvidenceReader& reader,
                                           const RecordIndex& records)
{
    std::vector<Refusal> refusals;
    std::vector<std::string> digests{std::string(package.artifact.sha256)};
    for (const std::string& id : package.replaces)
        digests.push_back(id.substr(0, id.find('/')));
    ALBS_TRY(std::optional<StatusChange> change, reader.last_change(digests));
    if (change && change->withdraws())
        refusals.push_back({"status", change->text()});
    else if (!reader.unknown_status().empty())
        refusals.push_back({"status", reader.unknown_status()});
    if (std::string failed = failed_tests_of(package.artifact, records, &reader); !failed.empty())
        refusals.push_back({"test", std::move(failed)});
    return refusals;
}

Status check_bytes(cli::Context& context, UnsignedPackage& package)
{
    const Artifact& artifact = package.artifact;
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    ALBS_TRY(package.path, workspace->store().path(artifact.sha256));
    ALBS_TRY(RpmInfo found, rpm::library().read_info(package.path));
    const RpmInfo& said = *artifact.rpm;
    for (const auto& [what, is, wanted] :
         {std::tuple("NEVRA", found.nevra, said.nevra),
          std::tuple("header digest", found.header_sha256, said.header_sha256),
          std::tuple("payload digest", found.payload_sha256.value_or("none"), said.payload_sha256.value_or("none"))})
        if (is != wanted)
            return fail(Kind::trust,
                        format_text("'{}' ({}) contradicts the manifest: its {} is {}, not {}", artifact.name,
                                    artifact.sha256, what, is, wanted),
                        "the manifest was changed, or made by something else than albs-build; sign nothing of it");
    return {};
}

} // namespace

Result<std::vector<UnsignedPackage>> unsigned_packages(const Manifest& manifest, const std::vector<std::string>& keys)
{
    std::vector<UnsignedPackage> found;
    std::unordered_map<std::string_view, std::size_t> places; // in found
    const std::set<std::string> there = signed_files(manifest);
    auto signed_by_all = [&](const std::string& built) {
        return std::all_of(keys.begin(), keys.end(),
                           [&](const std::string& key) { return there.contains(built + "/" + key); });
    };
    for (const Task* task : manifest.in_force<Task>()) {
        if (task->status != "ok")
            continue;
        auto built = parse_time(task->finished);
        if (!built)
            return fail(std::move(built).error(), "task '" + task->id + "': finished");
        for (const JsonText& digest : task->artifacts) {
            const Artifact* artifact = manifest.artifact(digest);
            if (artifact == nullptr)
                return fail(Kind::input,
                            "task '" + task->id + "' names an artifact that the manifest does not have: " + digest);
            if (artifact->kind != "rpm" && artifact->kind != "srpm")
                continue;
            if (!artifact->rpm)
                return fail(Kind::input, format_text("artifact '{}' is of kind {} but has no member 'rpm'",
                                                     artifact->name, artifact->kind));
            // A noarch package may come from several tasks; the earliest decides, in whatever order they were merged.
            if (auto same = places.find(digest); same != places.end()) {
                found[same->second].built = std::min(found[same->second].built, *built);
            } else if (!signed_by_all(digest)) {
                places.emplace(artifact->sha256, found.size());
                found.push_back({*artifact, *built, std::nullopt, {}, {}});
            }
        }
    }
    return found;
}

std::vector<std::string_view> waivable_gates()
{
    return {"notarization", "status", "test"};
}

Result<std::vector<UnsignedPackage>> eligible_packages(const GateOptions& options, cli::Context& context,
                                                       const Manifest& manifest, std::vector<UnsignedPackage> packages)
{
    std::vector<UnsignedPackage> admitted;
    ALBS_CHECK(cli::given_trust(options.trust)); // also where nothing asks for it
    ALBS_TRY(cli::Waivers waivers, cli::Waivers::read(options.waive, waivable_gates()));
    if (packages.empty())
        return admitted;
    ALBS_TRY(std::optional<Policy> trust, trusted_log(options, context, waivers, manifest));
    std::vector<Evidence> answers(packages.size(), {.reason = "the manifest holds no notarization"});
    std::optional<EvidenceReader> reader;
    if (trust) {
        reader.emplace(manifest, *trust);
        ALBS_CHECK(add_ledger_changes(*reader, cli::own_ledger(context), *trust, LedgerQuestion::tests));
        ALBS_CHECK(sys::for_each_parallel(packages.size(), context.jobs(), [&](std::size_t i) -> Status {
            answers[i] = reader->of_artifact(packages[i].artifact);
            return {};
        }));
    }
    const RecordIndex records(manifest);
    for (std::size_t i = 0; i < packages.size(); ++i) {
        ALBS_TRY(std::vector<Refusal> refusals,
                 refusals_of(packages[i], answers[i], reader ? &*reader : nullptr, records));
        if (is_admitted(packages[i], refusals, waivers, context.messages))
            admitted.push_back(std::move(packages[i]));
    }
    waivers.tell_unused(context.messages);
    if (context.dry_run())
        return admitted;
    ALBS_CHECK(context.workspace());
    ALBS_CHECK(sys::for_each_parallel(admitted.size(), context.jobs(),
                                      [&](std::size_t i) { return check_bytes(context, admitted[i]); }));
    return admitted;
}

Result<std::vector<UnsignedPackage>> unopposed_packages(const GateOptions& options, cli::Context& context,
                                                        std::vector<UnsignedPackage> packages)
{
    ALBS_TRY(std::optional<Policy> trust, cli::given_trust(options.trust));
    ALBS_TRY(cli::Waivers waivers, cli::Waivers::read(options.waive, {"status", "test"}));
    if (!trust && sys::exists(cli::own_log_key(context))) {
        ALBS_TRY(trust, read_log_trust(cli::own_log_key(context)));
    }
    if (trust) {
        Manifest known;
        for (const UnsignedPackage& package : packages)
            ALBS_CHECK(known.add(package.artifact));
        EvidenceReader reader(known, *trust);
        ALBS_CHECK(add_ledger_changes(reader, cli::own_ledger(context), *trust, LedgerQuestion::tests));
        const RecordIndex records(known);
        std::vector<UnsignedPackage> admitted;
        for (UnsignedPackage& package : packages) {
            ALBS_TRY(std::vector<Refusal> refusals, opposition_to(package, reader, records));
            if (is_admitted(package, refusals, waivers, context.messages))
                admitted.push_back(std::move(package));
        }
        packages = std::move(admitted);
    }
    waivers.tell_unused(context.messages);
    return packages;
}

} // namespace albs::sign
