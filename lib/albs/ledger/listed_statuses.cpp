// SPDX-License-Identifier: GPL-3.0-or-later
// The writer's lists of statuses. Each goes on from the one before it, so a commit reads what is new since then: the
// cost of a list is that of its length.
#include <algorithm>

#include "albs/ledger/state.hpp"
#include "albs/statement/logged_statements.hpp"

namespace albs {
namespace {

constexpr std::uint64_t min_listed_log = 768;    // entries: three bundles are soon read
constexpr std::uint64_t min_list_interval = 256; // entries: who comes back reads no more than two bundles
constexpr std::uint64_t max_list_interval = 1024;
constexpr std::uint64_t max_changes_per_entry = 16; // listed, for each entry since the list before
constexpr std::size_t max_list_bytes = std::size_t{4} << 20;

bool is_false(const Error& error)
{
    return error.kind == Kind::trust || error.kind == Kind::input;
}

} // namespace

// A log of fewer entries is read as a whole soon enough. A change of status is listed at once, so that who asks does
// not have to find out what it reaches; but lists must not take most of a log in which much is marked.
Result<bool> Ledger::State::is_list_due(const std::vector<IndexedEntry>& indexed)
{
    const std::uint64_t size = writer->size() + indexed.size();
    if (size < min_listed_log)
        return false;
    ALBS_TRY(std::optional<std::uint64_t> last, index->last_about(statuses_subject()));
    const std::uint64_t since = size - (last ? *last + 1 : 0);
    ALBS_TRY(std::vector<std::uint64_t> unlisted, index->about(status_subject(), size - since));
    const std::string named = status_subject();
    const bool changes = !unlisted.empty() || std::any_of(indexed.begin(), indexed.end(), [&](const IndexedEntry& one) {
        return std::find(one.subjects.begin(), one.subjects.end(), named) != one.subjects.end();
    });
    if (since < min_list_interval && !changes)
        return false;
    ALBS_TRY(std::vector<std::uint64_t> all, index->about(named));
    if (!changes && since < std::min<std::uint64_t>(all.size(), max_list_interval))
        return false;
    return since * max_changes_per_entry >= all.size();
}

Result<Ledger::State::Logged> Ledger::State::read_logged(const JournalEntry& logged)
{
    ALBS_TRY(Envelope envelope, read_envelope_line(logged.envelope));
    ALBS_TRY(PublicKey signer, check_leaf(logged.entry, envelope));
    ALBS_TRY(Json statement, read_json(envelope.payload));
    return Logged{.statement = std::move(statement), .signer = signer.fingerprint().hex()};
}

Result<std::optional<Ledger::State::Logged>> Ledger::State::logged(std::uint64_t index_)
{
    JournalEntry there;
    ALBS_TRY(there.entry, entry(index_));
    ALBS_TRY(there.envelope, envelope(index_));
    if (there.envelope.empty())
        return std::optional<Logged>();
    Result<Logged> found = read_logged(there);
    if (!found && is_false(found.error())) // an audit says so; commits go on
        return std::optional<Logged>();
    ALBS_TRY(Logged good, std::move(found));
    return std::optional<Logged>(std::move(good));
}

// Nothing when there is none, or it cannot be read any more: then the next one starts from nothing.
Result<std::optional<StatusList>> Ledger::State::last_list()
{
    ALBS_TRY(std::optional<std::uint64_t> last, index->last_about(statuses_subject()));
    if (!last)
        return std::optional<StatusList>();
    if (listed && listed->size == *last)
        return listed;
    ALBS_TRY(std::optional<Logged> found, logged(*last));
    if (!found)
        return std::optional<StatusList>();
    Result<std::optional<StatusList>> list = status_list_of(found->statement);
    if (!list || !*list || (*list)->size > *last)
        return std::optional<StatusList>();
    return list;
}

// The changes since the list before. A statement that was there when the index was made, and tells no change, may be
// withheld for all that.
Status Ledger::State::list_changes(StatusList& list, std::set<std::uint64_t>& unread)
{
    ALBS_TRY(std::vector<std::uint64_t> withheld, index->about(withheld_subject(), list.size));
    unread.insert(withheld.begin(), withheld.end());
    ALBS_TRY(std::vector<std::uint64_t> changed, index->about(status_subject(), list.size));
    for (std::uint64_t at : changed) {
        ALBS_TRY(std::optional<Logged> found, logged(at));
        if (!found) {
            unread.insert(at);
            continue;
        }
        for (StatusChange& change : changes_told(found->statement, at))
            list.changes.push_back({.change = std::move(change), .signer = found->signer});
    }
    ALBS_TRY(std::optional<std::uint64_t> commit_, index->last_about(commits_subject()));
    list.has_commits = list.has_commits || commit_.has_value();
    return {};
}

Result<std::vector<std::string>> Ledger::State::made_in_log(const std::string& node, std::uint64_t from,
                                                            std::set<std::uint64_t>& unread)
{
    std::vector<std::string> made;
    ALBS_TRY(std::vector<std::uint64_t> entries, index->about(made_from_subject(node), from));
    for (std::uint64_t at : entries) {
        ALBS_TRY(std::optional<Logged> found, logged(at));
        if (!found) {
            unread.insert(at);
            continue;
        }
        for (Origin& origin : stated_origins(found->statement))
            if (origin.from == node)
                made.push_back(std::move(origin.made));
    }
    return made;
}

// Of everything up to the end of the frame, which the index does not have yet.
Result<StatusList> Ledger::State::list_statuses(const std::vector<const PendingStatement*>& fresh, const Frame& frame)
{
    ALBS_TRY(std::optional<StatusList> last, last_list());
    const StatusList before = last.value_or(StatusList());
    StatusList list = before;
    std::set<std::uint64_t> unread;
    ALBS_CHECK(list_changes(list, unread));
    std::map<std::string, std::vector<std::string>> made;
    for (std::size_t i = 0; i < frame.entries.size(); ++i) {
        Logged one{.statement = {}, .signer = signing_key->public_key().fingerprint().hex()};
        if (i >= fresh.size()) {
            ALBS_TRY(one, read_logged(frame.entries[i]));
        }
        StatusFacts facts = status_facts(i < fresh.size() ? *fresh[i]->document : one.statement, frame.first + i);
        for (StatusChange& change : facts.changes)
            list.changes.push_back({.change = std::move(change), .signer = one.signer});
        for (Origin& origin : facts.origins)
            made[origin.from].push_back(std::move(origin.made));
        list.has_commits = list.has_commits || facts.is_commit;
    }
    list.size = frame.size_after();
    const std::vector<std::string> old = withdrawn_subjects(before.changes);
    for (const std::string& subject : withdrawn_subjects(list.changes)) {
        std::set<std::string> known;
        if (auto there = before.made.find(subject); there != before.made.end())
            known.insert(there->second.begin(), there->second.end());
        const bool is_old = std::binary_search(old.begin(), old.end(), subject);
        const std::set<std::string> old_nodes = known;
        auto made_from = [&](const std::string& node) -> Result<std::vector<std::string>> {
            const bool was_asked = is_old && (node == subject || old_nodes.contains(node));
            ALBS_TRY(std::vector<std::string> all, made_in_log(node, was_asked ? before.size : 0, unread));
            if (auto more = made.find(node); more != made.end())
                all.insert(all.end(), more->second.begin(), more->second.end());
            return all;
        };
        ALBS_TRY(std::set<std::string> reached, all_made_from(subject, made_from, std::move(known)));
        if (!reached.empty())
            list.made[subject].assign(reached.begin(), reached.end());
    }
    list.withheld += unread.size();
    return list;
}

Status Ledger::State::add_list(const std::vector<const PendingStatement*>& fresh, Frame& frame,
                               std::vector<IndexedEntry>& indexed)
{
    ALBS_TRY(bool due, is_list_due(indexed));
    if (!due)
        return {};
    ALBS_TRY(StatusList list, list_statuses(fresh, frame));
    list.root = writer->root_with(frame.entries);
    Json statement = status_list_statement(list, settings.origin);
    std::string text = write_json(statement);
    if (text.size() > max_list_bytes)
        return {};
    ALBS_TRY(SignedStatement made, sign_checked(settings.profile, std::move(text), *own_key));
    if (made.entry.size() > max_entry)
        return {};
    frame.entries.push_back({.entry = std::move(made.entry), .envelope = made.envelope.line()});
    // A commit does not fail for the sake of a list.
    if (!writer->check_room(frame.entries)) {
        frame.entries.pop_back();
        return {};
    }
    indexed.push_back({.index = list.size, .key = made.key, .subjects = indexed_subjects(statement)});
    listed = std::move(list);
    return {};
}

} // namespace albs
