// SPDX-License-Identifier: GPL-3.0-or-later
// A log looked through: for what it says about digests, all of it; for changes of status, what stands behind its latest
// list of them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "albs/crypto/dsse.hpp"
#include "albs/json/value.hpp"
#include "albs/log/policy.hpp"
#include "albs/log/view.hpp"
#include "albs/statement/logged_statements.hpp"
#include "albs/statement/origin.hpp"
#include "albs/statement/since_list.hpp"
#include "albs/statement/status.hpp"

namespace albs {

struct FoundStatement {
    std::uint64_t index = 0;
    Json statement;
    Envelope envelope;
    std::string entry; ///< the leaf's bytes
};
/// The statement of an entry, whose key signed it: Kind::trust otherwise.
Result<FoundStatement> found_in(const LoggedStatement& one, Json statement);

/// What a log says that no single look-up can find.
class Survey {
public:
    /// POLICY says whose statements can take a revocation back.
    explicit Survey(const Policy& policy) : policy_(&policy) {}
    std::vector<ListedChange> listed;    ///< changes of status that a list names, without their statements
    std::vector<FoundStatement> changes; ///< of status, that were read
    std::vector<FoundStatement> commits; ///< statements of albs-notarize commits that were read
    /// Statements that are not there to read, so that any of them could be a change of status: entries of the log, and
    /// how many more a list's maker could not read.
    std::vector<std::uint64_t> withheld_entries;
    std::uint64_t withheld_before_list = 0;
    std::uint64_t withheld() const { return withheld_entries.size() + withheld_before_list; }

    /// The last change about the digest, or about what the log says that it was made from: the file before it was
    /// signed, its source package, its commit. One that withdraws comes before all others.
    std::optional<StatusChange> status(const std::string& digest) const;
    /// The last change about the digest itself.
    std::optional<StatusChange> last_about(const std::string& digest) const;
    /// The digest and all that the log says it was made from.
    std::vector<std::string> lineage(const std::string& digest) const;
    /// The entries that are about the digest, changes of status apart.
    const std::vector<std::uint64_t>& entries_about(const std::string& digest) const;
    /// Starts from a list, before anything is added. What the log says about a digest before that is not known then.
    void start(const StatusList& list);
    bool is_whole() const { return is_whole_; }
    /// There are, or may be, statements of albs-notarize commits.
    bool has_commits() const { return has_commits_ || !commits.empty(); }
    /// Something was withdrawn that the list does not know, or is made from what was withdrawn and the list does not
    /// know that: then nobody said yet what was made from it before the list.
    bool has_unlisted() const { return has_unlisted_; }
    /// In the order of the log. Kind::trust when a change of status, or a commit, is not signed by its entry's key.
    Status add(const LoggedStatement& one);
    /// After the last one: how many entries the log has.
    void finish(std::uint64_t size);

private:
    void pass_to(std::uint64_t index);
    bool leads_further(const Origin& origin) const;
    const Policy* policy_;
    bool is_whole_ = true;
    bool has_commits_ = false;
    bool has_unlisted_ = false;
    std::unordered_map<std::string, StatusChange> last_changes_;
    std::unordered_map<std::string, std::vector<std::uint64_t>> about_;
    std::uint64_t next_ = 0;                                              ///< entry that add() waits for
    std::unordered_map<std::string, std::vector<std::string>> made_from_; ///< digests, and keys of sources
};
/// Reads every statement of the log once. The policy must outlive the survey.
Result<Survey> survey_log(LogView& log, const Policy& policy);
/// Reads from the log's latest list of statuses on, if that is enough to know what was withdrawn; everything otherwise.
/// HISTORIES: the commits of albs-notarize commits are needed, all of them if there are some.
Result<Survey> survey_statuses(LogView& log, const Policy& policy, bool histories);

} // namespace albs
