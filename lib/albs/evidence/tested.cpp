// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader of evidence says of tests: by what the manifest carries, and by what a log was found to say later.
#include <algorithm>
#include <set>

#include "albs/evidence/evidence.hpp"
#include "albs/evidence/proof.hpp"
#include "base/format.hpp"

namespace albs {

Evidence EvidenceReader::of_test(const TestResult& test) const
{
    const std::string key = test_key(test);
    Filter lists_it = [&](const Proof& proof) {
        return std::binary_search(proof.tests.begin(), proof.tests.end(), key);
    };
    Evidence of_run = about(test.artifact, {"test"}, lists_it);
    if (manifest_.notarizations_about(plain_id(test)).empty() || of_run.answer == Evidence::Answer::contradicted)
        return of_run;
    Evidence of_check = about(plain_id(test), {"test"}, lists_it); // as logs of before have it
    if (of_check.answer == Evidence::Answer::absent && of_run.answer == Evidence::Answer::verified)
        return of_run;
    for (Voucher& voucher : of_run.vouchers)
        of_check.vouchers.push_back(std::move(voucher));
    return of_check;
}

std::vector<TestStatement> EvidenceReader::test_statements(const std::vector<std::string>& digests) const
{
    std::vector<TestStatement> statements;
    std::set<std::pair<std::string, std::uint64_t>> there; // log and entry
    for (const std::string& digest : digests) {
        if (auto tests = tests_.find(digest); tests != tests_.end())
            for (std::size_t at : tests->second) {
                const Notarization& notarization = manifest_.notarizations()[at];
                const Proof& proof = proof_of(at);
                const auto index = static_cast<std::uint64_t>(notarization.index);
                if (proof.trusted && proof.record && proof.unaccepted.empty() &&
                    there.emplace(notarization.log, index).second)
                    statements.push_back(
                        {.log = notarization.log,
                         .index = index,
                         .checks = proof.checks,
                         .voucher = {
                             .kind = "test", .entry = notarization.id, .signer = proof.signer, .time = proof.time}});
            }
        if (auto tests = logged_tests_.find(digest); tests != logged_tests_.end())
            for (const TestStatement& one : tests->second)
                if (there.emplace(one.log, one.index).second)
                    statements.push_back(one);
    }
    return statements;
}

std::vector<Voucher> EvidenceReader::passed_tests_of(const std::vector<std::string>& digests) const
{
    return passed_tests(test_statements(digests));
}

std::vector<FailedTest> EvidenceReader::failed_tests_of(const std::vector<std::string>& digests) const
{
    return failed_tests(test_statements(digests));
}

void EvidenceReader::add_logged_test(const std::string& artifact, TestStatement statement)
{
    logged_tests_[artifact].push_back(std::move(statement));
}

} // namespace albs
