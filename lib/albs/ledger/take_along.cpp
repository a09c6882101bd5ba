// SPDX-License-Identifier: GPL-3.0-or-later
// What waits for the lock goes into the commit of who has it. Otherwise each of twenty writers waits for the commits of
// nineteen others, each of which waits for the disk.
#include <algorithm>
#include <set>

#include "albs/ledger/queue.hpp"
#include "albs/ledger/state.hpp"
#include "albs/statement/leaf.hpp"
#include "albs/statement/logged_statements.hpp"
#include "base/bytes.hpp"

namespace albs {

// As strict as with statements of one's own: it is signed, by a key of this ledger, and fits an entry.
Result<IndexedEntry> Ledger::State::check_queued(const JournalEntry& logged) const
{
    ALBS_TRY(Envelope envelope, read_envelope_line(logged.envelope));
    ALBS_TRY(PublicKey signer, check_leaf(logged.entry, envelope));
    const std::vector<std::string>& known = settings.statement_keys;
    if (logged.entry.size() > max_entry || leaf_profile(logged.entry) != settings.profile ||
        std::find(known.begin(), known.end(), to_base64(signer.spki())) == known.end())
        return fail(Kind::input, "a statement in the queue that this ledger does not take");
    return index_entry(0, logged.entry, logged.envelope);
}

// One that cannot be taken is left to who waits for it, who gets to know why.
Status Ledger::State::take_along(Frame& frame, std::vector<IndexedEntry>& indexed)
{
    const std::size_t own = frame.entries.size();
    std::set<Digest> keys;
    for (const IndexedEntry& one : indexed)
        keys.insert(one.key);
    for (JournalEntry& logged : statements_in_queue(directory, queue_terms(settings, *takes_along))) {
        Result<IndexedEntry> one = check_queued(logged);
        if (!one || !keys.insert(one->key).second)
            continue;
        ALBS_TRY(std::optional<std::uint64_t> old, index->find(one->key));
        if (old)
            continue;
        one->index = frame.first + frame.entries.size();
        indexed.push_back(std::move(*one));
        frame.entries.push_back(std::move(logged));
    }
    if (!writer->check_room(frame.entries)) {
        frame.entries.resize(own);
        indexed.resize(own);
    }
    return {};
}

void Ledger::take_along(const std::string& policy)
{
    state_->takes_along = policy;
}

} // namespace albs
