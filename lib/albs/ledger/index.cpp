// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/ledger/index.hpp"

#include <algorithm>
#include <map>
#include <sqlite3.h>
#include <unistd.h>

#include "base/bytes.hpp"

namespace albs {
namespace {

// Only who has the ledger's lock opens the index, so its own locks can be taken once. Digests hit pages at random: 32
// MB of them stay in memory and in the log that is written ahead, so that each is written once for many commits.
constexpr const char* schema = R"(
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -32768;
PRAGMA wal_autocheckpoint = 8192;
CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, entry INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS subjects (subject BLOB, entry INTEGER, PRIMARY KEY (subject, entry)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS commits (size INTEGER PRIMARY KEY, place INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS covers (one INTEGER PRIMARY KEY CHECK (one = 1), entries INTEGER NOT NULL);
INSERT OR IGNORE INTO covers VALUES (1, 0);
)";
// What an entry is found under (indexed_subjects()). An index of another version is made again.
constexpr std::uint64_t version = 1;
constexpr const char* set_version = "PRAGMA user_version = 1;";
constexpr const char* clear_all =
    "DELETE FROM entries; DELETE FROM subjects; DELETE FROM commits; UPDATE covers SET entries = 0;";

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Close>;
using Row = std::pair<Bytes, std::uint64_t>; // a digest and an entry

} // namespace

struct LedgerIndex::State {
    std::string path;
    std::unique_ptr<sqlite3, Close> database;
    mutable std::map<const char*, Statement> prepared; // by the literal; gone before the database is

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State()
    {
        if (database && within())
            (void)execute("COMMIT"); // what is lost of a cache comes again
    }
    tl::unexpected<Error> problem() const
    {
        return fail(Kind::environment, "the index '" + path + "': " + sqlite3_errmsg(database.get()),
                    "it is a cache: remove it and run this again");
    }
    Status execute(const char* sql) const
    {
        if (sqlite3_exec(database.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            return problem();
        return {};
    }
    // begin() was called.
    bool within() const { return sqlite3_get_autocommit(database.get()) == 0; }
    Result<sqlite3_stmt*> prepare(const char* sql) const
    {
        Statement& statement = prepared[sql];
        if (!statement) {
            sqlite3_stmt* made = nullptr;
            if (sqlite3_prepare_v2(database.get(), sql, -1, &made, nullptr) != SQLITE_OK)
                return problem();
            statement.reset(made);
        }
        sqlite3_reset(statement.get());
        return statement.get();
    }
    // In the order of the digests, so that each page of the table is visited once.
    Status insert(const char* sql, std::vector<Row> rows) const
    {
        ALBS_TRY(sqlite3_stmt * statement, prepare(sql));
        std::sort(rows.begin(), rows.end());
        for (const auto& [digest, entry] : rows) {
            sqlite3_bind_blob(statement, 1, digest.data(), static_cast<int>(digest.size()), SQLITE_STATIC);
            sqlite3_bind_int64(statement, 2, static_cast<sqlite3_int64>(entry));
            int step = sqlite3_step(statement);
            sqlite3_reset(statement);
            if (step != SQLITE_DONE)
                return problem();
        }
        return {};
    }
    // The rows of one integer column.
    Result<std::vector<std::uint64_t>> rows(sqlite3_stmt* statement) const
    {
        std::vector<std::uint64_t> values;
        int step = sqlite3_step(statement);
        for (; step == SQLITE_ROW; step = sqlite3_step(statement))
            values.push_back(static_cast<std::uint64_t>(sqlite3_column_int64(statement, 0)));
        sqlite3_reset(statement); // or it would hold its transaction open
        if (step != SQLITE_DONE)
            return problem();
        return values;
    }
    Result<std::vector<std::uint64_t>> select(const char* sql, std::span<const std::uint8_t> key,
                                              std::optional<std::uint64_t> from = {}) const
    {
        ALBS_TRY(sqlite3_stmt * statement, prepare(sql));
        sqlite3_bind_blob(statement, 1, key.data(), static_cast<int>(key.size()), SQLITE_TRANSIENT);
        if (from)
            sqlite3_bind_int64(statement, 2, static_cast<sqlite3_int64>(*from));
        return rows(statement);
    }
    Status open()
    {
        sqlite3* opened = nullptr;
        int code = sqlite3_open_v2(path.c_str(), &opened,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW, nullptr);
        database.reset(opened);
        if (code != SQLITE_OK)
            return problem();
        sqlite3_busy_timeout(opened, 10000);
        ALBS_CHECK(execute(schema));
        ALBS_TRY(sqlite3_stmt * statement, prepare("PRAGMA user_version"));
        ALBS_TRY(std::vector<std::uint64_t> found, rows(statement));
        if (!found.empty() && found.front() == version)
            return {};
        ALBS_CHECK(execute(clear_all));
        return execute(set_version);
    }
};

LedgerIndex::LedgerIndex(std::unique_ptr<State> state) : state_(std::move(state)) {}
LedgerIndex::LedgerIndex(LedgerIndex&&) noexcept = default;
LedgerIndex& LedgerIndex::operator=(LedgerIndex&&) noexcept = default;
LedgerIndex::~LedgerIndex() = default;

Result<LedgerIndex> LedgerIndex::open(const std::string& path)
{
    auto state = std::make_unique<State>();
    state->path = path;
    if (!state->open()) {
        state->prepared.clear();
        state->database.reset();
        for (const char* suffix : {"", "-wal", "-shm"})
            (void)::unlink((path + suffix).c_str());
        ALBS_CHECK(state->open());
    }
    return LedgerIndex(std::move(state));
}

Result<std::uint64_t> LedgerIndex::covered()
{
    ALBS_TRY(sqlite3_stmt * statement, state_->prepare("SELECT entries FROM covers"));
    ALBS_TRY(std::vector<std::uint64_t> values, state_->rows(statement));
    return values.empty() ? 0 : values.front();
}

Status LedgerIndex::add(const std::vector<IndexedEntry>& entries, std::uint64_t covered)
{
    bool within = state_->within();
    ALBS_CHECK(begin());
    auto attempt = [&]() -> Status {
        std::vector<Row> keys;
        std::vector<Row> subjects;
        for (const IndexedEntry& entry : entries) {
            keys.emplace_back(Bytes(entry.key.bytes().begin(), entry.key.bytes().end()), entry.index);
            for (const std::string& subject : entry.subjects)
                if (Result<Bytes> bytes = from_hex(subject))
                    subjects.emplace_back(std::move(*bytes), entry.index);
        }
        // The first of two equal statements is the one that counts.
        ALBS_CHECK(state_->insert("INSERT OR IGNORE INTO entries VALUES (?, ?)", std::move(keys)));
        ALBS_CHECK(state_->insert("INSERT OR IGNORE INTO subjects VALUES (?, ?)", std::move(subjects)));
        ALBS_TRY(sqlite3_stmt * mark, state_->prepare("UPDATE covers SET entries = ?"));
        sqlite3_bind_int64(mark, 1, static_cast<sqlite3_int64>(covered));
        ALBS_CHECK(state_->rows(mark));
        return within ? Status() : state_->execute("COMMIT");
    };
    Status added = attempt();
    if (!added && !within)
        (void)state_->execute("ROLLBACK");
    return added;
}

Result<std::optional<std::uint64_t>> LedgerIndex::find(const Digest& key)
{
    ALBS_TRY(std::vector<std::uint64_t> found, state_->select("SELECT entry FROM entries WHERE key = ?", key.bytes()));
    return found.empty() ? std::optional<std::uint64_t>() : found.front();
}

Result<std::vector<std::uint64_t>> LedgerIndex::about(const std::string& subject, std::uint64_t from)
{
    ALBS_TRY(Bytes bytes, from_hex(subject));
    return state_->select("SELECT entry FROM subjects WHERE subject = ? AND entry >= ? ORDER BY entry", bytes, from);
}

Result<std::optional<std::uint64_t>> LedgerIndex::last_about(const std::string& subject)
{
    ALBS_TRY(Bytes bytes, from_hex(subject));
    ALBS_TRY(std::vector<std::uint64_t> found,
             state_->select("SELECT entry FROM subjects WHERE subject = ? ORDER BY entry DESC LIMIT 1", bytes));
    return found.empty() ? std::optional<std::uint64_t>() : found.front();
}

Status LedgerIndex::add_commit(std::uint64_t size, std::uint64_t offset)
{
    ALBS_TRY(sqlite3_stmt * statement, state_->prepare("INSERT OR REPLACE INTO commits VALUES (?, ?)"));
    sqlite3_bind_int64(statement, 1, static_cast<sqlite3_int64>(size));
    sqlite3_bind_int64(statement, 2, static_cast<sqlite3_int64>(offset));
    ALBS_CHECK(state_->rows(statement));
    return {};
}

Result<std::optional<std::uint64_t>> LedgerIndex::commit_after(std::uint64_t index)
{
    ALBS_TRY(sqlite3_stmt * statement,
             state_->prepare("SELECT place FROM commits WHERE size > ? ORDER BY size LIMIT 1"));
    sqlite3_bind_int64(statement, 1, static_cast<sqlite3_int64>(index));
    ALBS_TRY(std::vector<std::uint64_t> found, state_->rows(statement));
    return found.empty() ? std::optional<std::uint64_t>() : found.front();
}

Result<std::uint64_t> LedgerIndex::history_covered()
{
    ALBS_TRY(sqlite3_stmt * statement, state_->prepare("SELECT coalesce(max(size), 0) FROM commits"));
    ALBS_TRY(std::vector<std::uint64_t> found, state_->rows(statement));
    return found.empty() ? 0 : found.front();
}

Status LedgerIndex::clear()
{
    return state_->execute(clear_all);
}

Status LedgerIndex::forget_commits()
{
    return state_->execute("DELETE FROM commits");
}

Status LedgerIndex::begin()
{
    return state_->within() ? Status() : state_->execute("BEGIN IMMEDIATE");
}

void LedgerIndex::abandon()
{
    if (state_->within())
        (void)state_->execute("ROLLBACK");
}

Status LedgerIndex::end()
{
    return state_->within() ? state_->execute("COMMIT") : Status();
}

} // namespace albs
