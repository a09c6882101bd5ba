// SPDX-License-Identifier: GPL-3.0-or-later
// What waits in a ledger's queue, and which of it a commit takes along. Of: queue, take_along
#include "unit/ledger/fixture.hpp"

#include <filesystem>
#include <fstream>

#include "albs/ledger/queue.hpp"
#include "albs/statement/leaf.hpp"
#include "base/bytes.hpp"

using namespace albs;
using namespace ledger_test;

namespace {

std::string terms_of(const SmallLedger& small, const std::string& policy = {})
{
    return queue_terms(*read_log_settings(small.path), policy);
}

JournalEntry signed_entry(int number, const PrivateKey& key, Profile profile = Profile::rekor)
{
    auto made = sign_statement(profile, write_json(statement(number)), key);
    REQUIRE(made);
    return {.entry = made->entry, .envelope = made->envelope.line()};
}

PrivateKey own_key(const SmallLedger& small)
{
    return *Ledger::statement_key(small.path, *read_log_settings(small.path), {}, {});
}

// How many entries the log has behind a commit of one, with what was taken along.
std::uint64_t size_after_commit(const SmallLedger& small, int number, const std::string& policy = {})
{
    auto ledger = small.open();
    REQUIRE(ledger);
    ledger->take_along(policy);
    auto appended = ledger->append({statement(number)});
    REQUIRE_MESSAGE(appended, (appended ? "" : appended.error().message));
    CHECK(appended->size() == 1);
    return ledger->size();
}

} // namespace

TEST_CASE("queue: a commit takes along what waits, in one frame, and each finds its own there")
{
    for (Profile profile : {Profile::rekor, Profile::sigsum, Profile::raw}) {
        SmallLedger small(profile);
        PrivateKey key = own_key(small);
        auto first = QueuedStatements::leave(small.path, terms_of(small),
                                             {signed_entry(1, key, profile), signed_entry(2, key, profile)});
        // The same as another one's, and as the commit's own: there once.
        auto second = QueuedStatements::leave(small.path, terms_of(small),
                                              {signed_entry(2, key, profile), signed_entry(3, key, profile)});
        REQUIRE(first);
        REQUIRE(second);
        CHECK(size_after_commit(small, 3) == 3);
        std::vector<RecordedStatement> found = small.append(1, 3);
        for (const RecordedStatement& one : found)
            CHECK_FALSE(one.fresh);
        CHECK(found[2].index == 0);
        CHECK(problems_of(audit_of(small)).empty());
    }
}

TEST_CASE("queue: nothing of the dead, nothing on other terms, nothing without being asked")
{
    SmallLedger small;
    PrivateKey key = own_key(small);
    {
        auto gone = QueuedStatements::leave(small.path, terms_of(small), {signed_entry(1, key)});
        REQUIRE(gone);
        std::filesystem::directory_iterator file(small.path + "/.state/queue");
        std::filesystem::copy_file(file->path(), small.path + "/.state/queue/" + terms_of(small) + ".killed");
    }
    auto with_policy = QueuedStatements::leave(small.path, terms_of(small, "quorum none\n"), {signed_entry(2, key)});
    REQUIRE(with_policy);
    small.append(3, 1); // takes nothing along
    CHECK(std::filesystem::exists(small.path + "/.state/queue/" + terms_of(small) + ".killed"));
    CHECK(size_after_commit(small, 4) == 2);
    CHECK_FALSE(std::filesystem::exists(small.path + "/.state/queue/" + terms_of(small) + ".killed"));
    CHECK(size_after_commit(small, 5, "quorum none\n") == 4);
}

TEST_CASE("queue: only statements that the ledger itself could have signed")
{
    SmallLedger small;
    PrivateKey key = own_key(small);
    PrivateKey other = *PrivateKey::generate(KeyType::p256);
    JournalEntry good = signed_entry(3, key);
    JournalEntry exchanged{.entry = signed_entry(4, key).entry, .envelope = signed_entry(5, key).envelope};
    JournalEntry of_profile = signed_entry(6, key, Profile::raw);
    JournalEntry withheld{.entry = signed_entry(7, key).entry, .envelope = {}};
    auto left = QueuedStatements::leave(small.path, terms_of(small),
                                        {signed_entry(1, other), exchanged, of_profile, withheld, good});
    REQUIRE(left);
    CHECK(size_after_commit(small, 8) == 2);
    CHECK_FALSE(small.append(3, 1)[0].fresh);
    CHECK(problems_of(audit_of(small)).empty());
}

TEST_CASE("queue: what the log has already, and what fits no entry, stays out of it")
{
    SmallLedger small(Profile::raw);
    PrivateKey key = own_key(small);
    small.append(1, 1);
    Json large = statement(2);
    large.set("predicate", Json::object({{"text", std::string(max_entry, 'x')}}));
    auto made = sign_statement(Profile::raw, write_json(large), key);
    REQUIRE(made);
    auto left = QueuedStatements::leave(small.path, terms_of(small),
                                        {signed_entry(1, key, Profile::raw),
                                         {.entry = made->entry, .envelope = made->envelope.line()},
                                         signed_entry(3, key, Profile::raw)});
    REQUIRE(left);
    CHECK(size_after_commit(small, 4) == 3);
    CHECK(problems_of(audit_of(small)).empty());
}

TEST_CASE("queue: what is not whole is left alone, and nobody leaves too much")
{
    SmallLedger small;
    PrivateKey key = own_key(small);
    auto left = QueuedStatements::leave(small.path, terms_of(small), {signed_entry(1, key)});
    REQUIRE(left);
    std::filesystem::path file = std::filesystem::directory_iterator(small.path + "/.state/queue")->path();
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
    CHECK(size_after_commit(small, 2) == 1);
    CHECK(std::filesystem::exists(file));
    CHECK(QueuedStatements::leave(small.path, terms_of(small), {}).error().kind == Kind::usage);
    std::vector<JournalEntry> many(max_queued_entries + 1, signed_entry(1, key));
    CHECK(QueuedStatements::leave(small.path, terms_of(small), many).error().kind == Kind::usage);
}

TEST_CASE("queue: a key that does not sign for the ledger now leaves nothing")
{
    SmallLedger small;
    std::string path = small.directory.path() + "/other.pem";
    REQUIRE(sys::write_file(path, PrivateKey::generate(KeyType::p256)->pem(""), 0600));
    auto settings = *read_log_settings(small.path);
    CHECK(Ledger::statement_key(small.path, settings, path, {}).error().kind == Kind::input);
    settings.statement_keys.insert(settings.statement_keys.begin(), settings.statement_keys.front() + "x");
    CHECK(Ledger::statement_key(small.path, settings, {}, {}).error().kind == Kind::temporary);
    CHECK_FALSE(is_locked(small.path));
    auto ledger = small.open();
    CHECK(is_locked(small.path));
}
