// SPDX-License-Identifier: GPL-3.0-or-later
// A statement of the log's writer that lists every change of status in the log up to there, so that who asks about one
// file need not read the whole log. albs-ledger(5) specifies it.
//
// It is as true as its signer: one that leaves something out can only be found by comparing it with the log, which an
// audit does.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/statement/origin.hpp"
#include "albs/statement/status.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

constexpr std::string_view statuses_type = "https://build.almalinux.org/attestation/statuses/v1";
/// The kind that a policy names for keys that may sign such lists.
constexpr std::string_view statuses_kind = "statuses";

struct ListedChange {
    StatusChange change;
    std::string signer; ///< SHA-256 of the statement key's SPKI, in hex
    friend auto operator<=>(const ListedChange&, const ListedChange&) = default;
};

struct StatusList {
    std::uint64_t size = 0;                 ///< it is about the entries [0, size)
    Digest root;                            ///< of their tree
    std::vector<ListedChange> changes = {}; ///< in the order of the log
    /// What the log says was made from each digest that some change withdraws: digests, and "source KEY". Sorted.
    std::map<std::string, std::vector<std::string>> made = {};
    bool has_commits = false;   ///< some of the entries are statements of albs-notarize commits
    std::uint64_t withheld = 0; ///< entries whose statements its maker could not read
};
Json status_list_statement(const StatusList& list, const std::string& origin);
/// Nothing when the statement is of another kind. Kind::input when it is a list in another form than
/// status_list_statement() writes.
Result<std::optional<StatusList>> status_list_of(const Json& statement);
/// The digest under which an index lists all such statements.
std::string statuses_subject();

/// Digests that some of the changes withdraw, whatever came later.
std::vector<std::string> withdrawn_subjects(const std::vector<ListedChange>& changes);
/// The changes that a statement about status tells, one for each of its subjects, without signer.
std::vector<StatusChange> changes_told(const Json& statement, std::uint64_t index);

/// What a statement adds to a list.
struct StatusFacts {
    std::vector<StatusChange> changes = {};
    std::vector<Origin> origins = {};
    bool is_commit = false;
    bool none() const { return changes.empty() && origins.empty() && !is_commit; }
};
StatusFacts status_facts(const Json& statement, std::uint64_t index);

/// Makes lists out of the statements themselves.
class StatusCollector {
public:
    /// In the order of the log.
    void add(std::uint64_t index, const StatusFacts& facts, const std::string& signer);
    /// Of what was added for entries below SIZE. The root and the number of withheld statements are the caller's.
    StatusList list(std::uint64_t size) const;

private:
    struct Made {
        std::string node;
        std::uint64_t index = 0;
    };
    std::vector<ListedChange> changes_;
    std::map<std::string, std::vector<Made>> made_from_;
    std::optional<std::uint64_t> first_commit_;
};

} // namespace albs
