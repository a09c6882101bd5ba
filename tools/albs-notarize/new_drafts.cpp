// SPDX-License-Identifier: GPL-3.0-or-later
#include "new_drafts.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "albs/evidence/verify.hpp"
#include "albs/statement/binding.hpp"
#include "albs/statement/shared_form.hpp"
#include "base/format.hpp"
#include "sys/parallel.hpp"

namespace albs::notarize {
namespace {

std::vector<std::string> said_by(const Json& statement)
{
    Result<Json> binding = stated_binding(statement);
    return binding ? said_in(*binding) : std::vector<std::string>();
}

// The tree that a proof leads to is the beginning of this ledger's.
Status is_of_ledger(const Checkpoint& proved, const std::string& id, const LedgerTree& ledger)
{
    const std::string hint = "nothing was recorded; compare the ledger with a copy of it";
    if (proved.size > ledger.size)
        return fail(
            Kind::trust,
            format_text("notarization '{}': its proof is of {} entries, the ledger has only {}: it was rolled back", id,
                        proved.size, ledger.size),
            hint);
    ALBS_TRY(Digest root, tree_root(proved.size, ledger.nodes));
    if (root == proved.root)
        return {};
    return fail(
        Kind::trust,
        format_text("notarization '{}': its proof of {} entries has another root than the ledger: it was forked", id,
                    proved.size),
        hint);
}

TestStatement test_statement(const Notarization& named, const Json& statement)
{
    return {.log = named.log,
            .index = static_cast<std::uint64_t>(named.index),
            .checks = stated_checks(statement),
            .voucher = {.kind = named.kind, .entry = named.id, .signer = {}, .time = {}}};
}

bool has_results(const TestStatement& statement, const std::vector<StatedCheck>& run, bool at_its_times)
{
    return std::equal(statement.checks.begin(), statement.checks.end(), run.begin(), run.end(),
                      [&](const StatedCheck& a, const StatedCheck& b) {
                          return a.name == b.name && a.status == b.status && (!at_its_times || a.time == b.time);
                      });
}

// With the results that were recorded before others were.
bool is_done_again(const Draft& draft, const Recorded& recorded, const std::string& log)
{
    auto known = draft.kind == "test" ? recorded.tests.find(draft.subject) : recorded.tests.end();
    if (known == recorded.tests.end())
        return false;
    const std::vector<StatedCheck> run = stated_checks(draft.statement);
    const TestStatement* last = nullptr;
    for (const TestStatement& one : known->second) {
        if (one.log != log || !has_results(one, run, false))
            continue;
        if (has_results(one, run, true))
            return false;
        if (last == nullptr || last->index < one.index)
            last = &one;
    }
    return last != nullptr && is_news(run, *last, known->second);
}

// What lacks a part of its proof is recorded again: the ledger has it, and gives the proof that it had.
bool lacks_nothing(const LoggedEntries& entries, const Notarization& notarization)
{
    Result<LoggedEntry> entry = entries.of(notarization);
    return entry && !entry->proofs.empty();
}

} // namespace

Result<std::vector<Vkey>> vkeys_of(const LogSettings& settings)
{
    std::vector<Vkey> keys;
    for (const std::string& text : settings.vkeys) {
        ALBS_TRY(Vkey key, Vkey::parse(text));
        keys.push_back(std::move(key));
    }
    return keys;
}

// The ledger knows every key that it ever had.
tl::unexpected<Error> never_signed(const Notarization& notarization)
{
    return fail(Kind::trust, format_text("notarization '{}': this ledger never signed it", notarization.id));
}

Result<Recorded> recorded_already(const Manifest& manifest, const LedgerTree& ledger, std::size_t jobs)
{
    const std::vector<Notarization>& all = manifest.notarizations();
    std::vector<std::vector<std::string>> said(all.size());
    std::vector<std::optional<TestStatement>> tests(all.size());
    std::vector<std::vector<const VerifiedCheckpoint*>> stands_on(all.size());
    const std::vector<Vkey>& keys = ledger.keys;
    CheckpointCache checkpoints(Policy::of(keys));
    const LoggedEntries entries(manifest);
    ALBS_CHECK(sys::for_each_parallel(all.size(), jobs, [&](std::size_t i) -> Status {
        ALBS_TRY(std::optional<VerifiedNotarization> verified,
                 verify_notarization(manifest, entries, all[i], keys, checkpoints));
        if (verified) {
            said[i] = said_by(verified->statement);
            if (all[i].kind == "test")
                tests[i] = test_statement(all[i], verified->statement);
            stands_on[i] = std::move(verified->checkpoints);
        } else if (all[i].log == keys.front().name && lacks_nothing(entries, all[i])) {
            return never_signed(all[i]);
        }
        return {};
    }));
    std::set<const VerifiedCheckpoint*> checked; // all records of one commit share a checkpoint
    for (std::size_t i = 0; i < all.size(); ++i)
        for (const VerifiedCheckpoint* head : stands_on[i])
            if (checked.insert(head).second)
                ALBS_CHECK(is_of_ledger(head->checkpoint, all[i].id, ledger));
    Recorded recorded;
    for (std::size_t i = 0; i < all.size(); ++i) {
        recorded.texts.insert(std::move_iterator(said[i].begin()), std::move_iterator(said[i].end()));
        if (tests[i])
            recorded.tests[all[i].subject].push_back(*std::move(tests[i]));
    }
    return recorded;
}

std::vector<Draft> new_drafts(const Manifest& manifest, const StatementSigner& signer, Recorded recorded)
{
    std::vector<Draft> drafts;
    for (Draft& draft : drafts_of(manifest, signer)) {
        bool is_news = false;
        for (std::string& text : said_by(draft.statement))
            is_news = recorded.texts.insert(std::move(text)).second || is_news;
        if (is_news || is_done_again(draft, recorded, signer.origin))
            drafts.push_back(std::move(draft));
    }
    return drafts;
}

} // namespace albs::notarize
