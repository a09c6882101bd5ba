// SPDX-License-Identifier: GPL-3.0-or-later
// The gates that ask what was done to a package: signed by whom, recorded in the log, tested with what result.
#include <algorithm>
#include <set>

#include "base/format.hpp"
#include "plan.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"

namespace albs::release {
namespace {

tl::unexpected<Error> contradiction(const Artifact& artifact, const std::string& why)
{
    return fail(Kind::trust, "'" + artifact.rpm->nevra + "': " + why,
                "nothing was published; find out who changed what");
}

/// Another allowed key signed it in the place of that signature.
bool is_replaced(const PlanInput& question, const std::vector<const Signature*>& all, const Signature& signature)
{
    return std::any_of(all.begin(), all.end(), [&](const Signature* other) {
        return question.keys.find(other->key) != nullptr &&
               std::find(other->replaces.begin(), other->replaces.end(), plain_id(signature)) != other->replaces.end();
    });
}

/// The signature by the first allowed key that has one; null, with a refusal, when there is none.
const Signature* find_signature(const PlanInput& question, const Candidate& candidate, Refusals& refused)
{
    const std::vector<const Signature*>& signatures = question.records.signatures_over(candidate.built->sha256);
    for (const Certificate& allowed : question.keys.allowed())
        for (const Signature* signature : signatures)
            if (question.keys.find(signature->key) == &allowed && !is_replaced(question, signatures, *signature))
                return signature;
    std::string others;
    for (const Signature* signature : signatures)
        others += (others.empty() ? "" : ", ") + signature->key;
    refused.push_back({candidate.source->id, candidate.built->rpm->nevra, "signature",
                       others.empty() ? "not signed" : "signed by " + others + ", which is not allowed (--allow-key)",
                       false});
    return nullptr;
}

/// The signed file is the built one plus a signature: same header, same payload, same identity.
Status check_descent(Candidate& candidate)
{
    const Artifact& built = *candidate.built;
    const Artifact& released = *candidate.released;
    if (released.unsigned_sha256 != built.sha256)
        return contradiction(built,
                             "signed artifact " + released.sha256 + " is not recorded as made from " + built.sha256);
    ALBS_TRY(rpm::Package package, rpm::library().read_package(candidate.file));
    const RpmInfo& found = package.info;
    candidate.build_time = package.build_time;
    for (const RpmInfo* said : {&*built.rpm, released.rpm ? &*released.rpm : &*built.rpm})
        if (said->nevra != found.nevra || said->header_sha256 != found.header_sha256 ||
            said->payload_sha256 != found.payload_sha256)
            return contradiction(built,
                                 "the signed file holds another package than the manifest says (" + found.nevra + ")");
    for (std::string_view part : {found.name, found.version, found.release, found.arch})
        if (part.empty() || part.find('/') != std::string::npos)
            return fail(Kind::input, "'" + found.nevra + "' cannot be the name of a file");
    return {};
}

Status check_evidence_of(const Candidate& candidate, const Evidence& evidence, const std::string& what,
                         Refusals& refused)
{
    if (evidence.answer == Evidence::Answer::contradicted)
        return contradiction(*candidate.built, what + ": " + evidence.reason);
    if (evidence.answer == Evidence::Answer::verified)
        return {};
    refused.push_back({candidate.source->id, candidate.built->rpm->nevra, "notarization",
                       what + " is not notarized: " + evidence.reason, true});
    return {};
}

Status check_notarized(const PlanInput& question, const Candidate& candidate, Refusals& refused)
{
    if (question.evidence == nullptr) {
        refused.push_back({candidate.source->id, candidate.built->rpm->nevra, "notarization",
                           "there is no log key to check notarizations with", true});
        return {};
    }
    const EvidenceReader& reader = *question.evidence;
    ALBS_CHECK(check_evidence_of(candidate, reader.of_artifact(*candidate.built), "the build", refused));
    if (candidate.signature != nullptr)
        ALBS_CHECK(check_evidence_of(candidate, reader.of_signature(*candidate.signature), "the signature", refused));
    return {};
}

/// Of the built and of the signed file, in the order of the manifest.
std::vector<const TestResult*> tests_of(const PlanInput& question, const Candidate& candidate)
{
    std::vector<const TestResult*> tests = question.records.tests_of(candidate.built->sha256);
    if (candidate.released != nullptr && candidate.released->sha256 != candidate.built->sha256) {
        const std::vector<const TestResult*>& more = question.records.tests_of(candidate.released->sha256);
        tests.insert(tests.end(), more.begin(), more.end());
        std::sort(tests.begin(), tests.end()); // they lie in one table
    }
    return tests;
}

/// Others may have tested it, too, or the tests were done again since the manifest was made.
void check_recorded_tests(const PlanInput& question, const Candidate& candidate, Refusals& refused)
{
    if (question.evidence == nullptr || candidate.built->rpm->arch == "src")
        return;
    if (const std::string& why = question.evidence->unknown_tests(); !why.empty())
        refused.push_back({candidate.source->id, candidate.built->rpm->nevra, "test", why, true});
    std::set<std::string> told; // the manifest's own failures, which are refused by themselves
    for (const TestResult* one : tests_of(question, candidate))
        if (one->status == "fail")
            told.insert(format_text("{}/{}", one->task, one->name));
    std::vector<std::string> digests{std::string(candidate.built->sha256)};
    if (candidate.released != nullptr)
        digests.emplace_back(candidate.released->sha256);
    for (const FailedTest& failure : question.evidence->failed_tests_of(digests))
        if (!told.contains(failure.check))
            refused.push_back({candidate.source->id, candidate.built->rpm->nevra, "test",
                               format_text("test '{}' failed, by entry {} of the log", failure.check, failure.entry),
                               true});
}

/// Passed tests count for the bytes that were tested, and through `unsigned` for the signed file made from them.
Status check_tested(const PlanInput& question, const Candidate& candidate, Refusals& refused)
{
    const JsonText& nevra = candidate.built->rpm->nevra;
    bool is_tested = false;
    std::string skipped;
    bool source_package = candidate.built->rpm->arch == "src";
    for (const TestResult* one : tests_of(question, candidate)) {
        const TestResult& test = *one;
        const std::string reason = test.reason ? ": " + *test.reason : std::string();
        if (test.status == "fail")
            refused.push_back(
                {candidate.source->id, nevra, "test", format_text("test '{}' failed{}", test.name, reason), true});
        if (test.status == "skip" && (skipped.empty() || tries_out(test.name)))
            skipped = format_text("test '{}' was skipped{}", test.name, reason);
        if (test.status != "pass")
            continue;
        if (question.evidence != nullptr)
            ALBS_CHECK(
                check_evidence_of(candidate, question.evidence->of_test(test), "test '" + test.name + "'", refused));
        is_tested = is_tested || tries_out(test.name);
    }
    if (!is_tested && !source_package)
        refused.push_back(
            {candidate.source->id, nevra, "test", skipped.empty() ? "not tested" : "not tested: " + skipped, true});
    return {};
}

} // namespace

Status check_evidence(const PlanInput& question, Candidate& candidate, Refusals& refused)
{
    ALBS_TRY(store::Workspace * workspace, question.context.workspace());
    candidate.signature = find_signature(question, candidate, refused);
    if (candidate.signature != nullptr) {
        candidate.released = question.manifest.artifact(candidate.signature->artifact);
        if (candidate.released == nullptr)
            return contradiction(*candidate.built,
                                 "the manifest has no record of signed file " + candidate.signature->artifact);
        ALBS_TRY(candidate.file, workspace->store().path(candidate.released->sha256));
        ALBS_CHECK(check_descent(candidate));
        auto signer = question.keys.verify_package(candidate.file);
        if (!signer)
            return fail(std::move(signer).error(), "'" + candidate.built->rpm->nevra + "'");
        if (question.keys.find(*signer) != question.keys.find(candidate.signature->key))
            return contradiction(*candidate.built, format_text("the manifest says that {} signed it, and {} did",
                                                               candidate.signature->key, *signer));
        candidate.location = location_for(*candidate.built->rpm);
    }
    ALBS_CHECK(check_notarized(question, candidate, refused));
    check_recorded_tests(question, candidate, refused);
    return check_tested(question, candidate, refused);
}

} // namespace albs::release
