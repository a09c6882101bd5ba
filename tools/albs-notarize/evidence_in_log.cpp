// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence_in_log.hpp"

#include <algorithm>
#include <set>

#include "albs/json/fields.hpp"
#include "albs/statement/statement.hpp"
#include "base/format.hpp"
#include "base/text.hpp"

namespace albs::notarize {
namespace {

class LogEvidence {
public:
    LogEvidence(VoucherReader& log, const Survey& survey, const Policy& policy)
        : log_(log), survey_(survey), policy_(policy)
    {
    }

    /// Every statement about the digest. Returns the digests that statements of signatures name as what it was signed
    /// from.
    Result<std::set<std::string>> read(const std::string& sha256)
    {
        std::set<std::string> unsigned_files;
        for (std::uint64_t index : survey_.entries_about(sha256)) {
            if (!read_.insert(index).second) // about both the signed file and the unsigned one
                continue;
            ALBS_TRY(StatedVoucher stated, log_.read(index));
            const std::string& kind = stated.voucher.kind;
            Result<Json> binding = stated_binding(stated.statement);
            if (!policy_.accepts_statement(stated.voucher.signer, kind)) {
                others_.insert(kind + " by a key that the policy does not accept for it");
            } else if (kind == "test") {
                tests_.push_back({.log = log_.log().checkpoint.origin,
                                  .index = index,
                                  .checks = stated_checks(stated.statement),
                                  .voucher = std::move(stated.voucher)});
            } else if (!vouches(kind)) {
                others_.insert(kind);
            } else if (kind == "release" && binding && is_withdrawn(text_member(*binding, "repomd_sha256"))) {
                others_.insert("a release that was withdrawn");
            } else {
                if (kind == "signature" && binding && text_member(*binding, "artifact") == sha256)
                    unsigned_files.insert(text_member(*binding, "unsigned"));
                vouchers_.push_back(std::move(stated.voucher));
            }
        }
        return unsigned_files;
    }

    const std::vector<Voucher>& vouchers() const { return vouchers_; }

    /// MORE: what is known of the file's tests from elsewhere.
    Evidence evidence(const std::string& sha256, bool is_verified, const std::vector<TestStatement>& more)
    {
        for (const TestStatement& one : more)
            if (std::none_of(tests_.begin(), tests_.end(),
                             [&](const TestStatement& known) { return known.voucher.entry == one.voucher.entry; }))
                tests_.push_back(one);
        std::vector<Voucher> tests = passed_tests(tests_);
        if (!tests_.empty())
            others_.insert(tests.empty() ? "a test that did not pass" : "a test that passed");
        Evidence evidence{.answer = Evidence::Answer::verified, .reason = {}, .vouchers = std::move(vouchers_)};
        evidence.vouchers.insert(evidence.vouchers.end(), tests.begin(), tests.end());
        if (is_verified)
            return evidence;
        evidence.answer = Evidence::Answer::absent;
        const std::string found(join(std::vector<std::string>(others_.begin(), others_.end()), ", "));
        evidence.reason =
            others_.empty()
                ? "no statement in the log is about " + sha256
                : format_text("no statement in the log says where {} is from; there is only {}", sha256, found);
        return evidence;
    }

private:
    bool is_withdrawn(const std::string& digest) const
    {
        std::optional<StatusChange> last = survey_.status(digest);
        return last && last->withdraws();
    }

    VoucherReader& log_;
    const Survey& survey_;
    const Policy& policy_;
    std::set<std::uint64_t> read_; ///< entries
    std::vector<Voucher> vouchers_;
    std::vector<TestStatement> tests_;
    std::set<std::string> others_; ///< what there is besides, for the reason
};

} // namespace

Result<Evidence> evidence_in_log(VoucherReader& log, const Survey& survey, const std::string& sha256,
                                 const Policy& policy, const std::vector<TestStatement>& tests)
{
    LogEvidence found(log, survey, policy);
    ALBS_TRY(std::set<std::string> unsigned_files, found.read(sha256));
    const bool is_verified = !found.vouchers().empty();
    for (const std::string& built : unsigned_files)
        if (!built.empty() && built != sha256)
            ALBS_CHECK(found.read(built));
    return found.evidence(sha256, is_verified, tests);
}

} // namespace albs::notarize
