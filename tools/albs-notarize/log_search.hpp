// SPDX-License-Identifier: GPL-3.0-or-later
// Looking a log through: for what it says about a digest, all of it; for changes of status, what stands behind its
// latest list of them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "albs/crypto/dsse.hpp"
#include "albs/json/value.hpp"
#include "albs/log/view.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/statement/logged_statements.hpp"
#include "albs/statement/since_list.hpp"
#include "albs/statement/status.hpp"
#include "albs/statement/voucher.hpp"

namespace albs::notarize {

struct FoundStatement {
    std::uint64_t index = 0;
    Json statement;
    Envelope envelope;
    std::string entry; ///< the leaf's bytes
};
/// Every statement with that subject, in the order of the log, each checked against its leaf in the tree.
Result<std::vector<FoundStatement>> find_statements(LogView& log, const std::string& digest);

/// What a log says that no single look-up can find.
class Survey {
public:
    /// POLICY says whose statements can take a revocation back.
    explicit Survey(const Policy& policy) : policy_(&policy) {}
    std::vector<ListedChange> listed;    ///< changes of status that a list names, without their statements
    std::vector<FoundStatement> changes; ///< of status, that were read
    std::vector<FoundStatement> commits; ///< statements of albs-notarize commits that were read
    std::uint64_t withheld = 0; ///< statements that are not there to read: any of them could be a change of status

    /// The last change about the digest, or about what the log says that it was made from: the file before it was
    /// signed, its source package, its commit. One that withdraws comes before all others.
    std::optional<StatusChange> status(const std::string& digest) const;
    /// The entries that are about the digest, changes of status apart.
    const std::vector<std::uint64_t>& entries_about(const std::string& digest) const;
    /// Starts from a list, before anything is added. What the log says about a digest before that is not known then.
    void start(const StatusList& list);
    std::vector<StatusChange> listed_changes() const;
    bool is_whole() const { return is_whole_; }
    /// There are, or may be, statements of albs-notarize commits.
    bool has_commits() const { return has_commits_ || !commits.empty(); }
    /// Something was withdrawn that the list does not know, so nobody said yet what was made from it.
    bool has_unlisted() const { return has_unlisted_; }
    /// Kind::trust when a change of status, or a commit, is not signed by its entry's key.
    Status add(const LoggedStatement& one);

private:
    const Policy* policy_;
    bool is_whole_ = true;
    bool has_commits_ = false;
    bool has_unlisted_ = false;
    std::unordered_map<std::string, StatusChange> last_changes_;
    std::unordered_map<std::string, std::vector<std::uint64_t>> about_;
    std::unordered_map<std::string, std::vector<std::string>> made_from_; ///< digests, and keys of sources
};
/// Reads every statement of the log once. The policy must outlive the survey.
Result<Survey> survey_log(LogView& log, const Policy& policy);
/// Reads from the log's latest list of statuses on, if that is enough to know what was withdrawn; everything otherwise.
/// HISTORIES: the commits of albs-notarize commits are needed, all of them if there are some.
Result<Survey> survey_statuses(LogView& log, const Policy& policy, bool histories);
struct StatedVoucher {
    Json statement;
    Voucher voucher;
};
/// Reads single statements of a log, each bundle of them once.
class VoucherReader {
public:
    explicit VoucherReader(LogView& log) : log_(log) {}
    /// The statement is signed by its entry's key. Kind::input when it is withheld.
    Result<StatedVoucher> read(std::uint64_t index);
    LogView& log() { return log_; }

private:
    LogView& log_;
    std::unordered_map<std::uint64_t, StatementBundle> bundles_;
};

/// Reads the statements of the listed changes about what the manifest names, which are then among those that were read.
/// Returns those that are withheld. Kind::trust when the list says what the statement does not.
Result<std::vector<StatusChange>> read_listed(Survey& survey, LogView& log, const Manifest& manifest);
/// The changes about what the manifest names become notarizations of it, proved up to the log's present checkpoint.
Status add_changes(const Survey& survey, LogView& log, Manifest& manifest);

} // namespace albs::notarize
