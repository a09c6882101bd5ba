// SPDX-License-Identifier: GPL-3.0-or-later
// albs.manifest/1: the one document that travels between the tools. albs-manifest(5) specifies it.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/manifest/attempts.hpp"
#include "albs/manifest/records.hpp"
#include "albs/manifest/table.hpp"
#include "albs/manifest/tree_nodes.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

/// The tables, in the order in which a new manifest has them; rare ones come with their first record.
using Tables = std::tuple<Table<Source>, Table<Module>, Table<Task>, Table<Artifact>, Table<TestResult>,
                          Table<Signature>, Table<Notarization>, Table<LedgerRecord>, Table<CheckpointRecord>,
                          Table<FormRecord>, Table<Release>, Table<Erratum>, Table<StageRecord>, Table<Comparison>,
                          Table<ModuleBuild>, Table<Reproduction>>;

class Manifest {
public:
    static constexpr std::string_view schema = "albs.manifest/1";

    /// A manifest without records.
    Manifest();
    Manifest(const Manifest&);
    Manifest(Manifest&&) noexcept;
    Manifest& operator=(const Manifest&);
    Manifest& operator=(Manifest&&) noexcept;
    ~Manifest();
    /// Strict: JSON as read_json() wants it, the schema of this version, every known record well-formed, no id twice
    /// (Kind::input); the seal of the last stage holds (Kind::trust).
    static Result<Manifest> parse(std::string_view text);
    /// Several documents one after the other (`cat a.json b.json`), one per line or with white space between them.
    /// The text is gone before the records are read.
    static Result<std::vector<Manifest>> parse_all(std::string text);

    template <TableRecord Record> const std::vector<Record>& records() const
    {
        return std::get<Table<Record>>(tables_).records;
    }
    const std::vector<Source>& sources() const { return records<Source>(); }
    const std::vector<Module>& modules() const { return records<Module>(); }
    const std::vector<Task>& tasks() const { return records<Task>(); }
    const std::vector<Artifact>& artifacts() const { return records<Artifact>(); }
    const std::vector<TestResult>& tests() const { return records<TestResult>(); }
    const std::vector<Signature>& signatures() const { return records<Signature>(); }
    const std::vector<Notarization>& notarizations() const { return records<Notarization>(); }
    const std::vector<LedgerRecord>& ledgers() const { return records<LedgerRecord>(); }
    const std::vector<CheckpointRecord>& checkpoints() const { return records<CheckpointRecord>(); }
    const std::vector<FormRecord>& forms() const { return records<FormRecord>(); }
    const std::vector<Release>& releases() const { return records<Release>(); }
    const std::vector<Erratum>& errata() const { return records<Erratum>(); }
    const std::vector<Comparison>& comparisons() const { return records<Comparison>(); }
    const std::vector<ModuleBuild>& module_builds() const { return records<ModuleBuild>(); }
    const std::vector<Reproduction>& reproductions() const { return records<Reproduction>(); }
    const std::vector<StageRecord>& stages() const { return records<StageRecord>(); }

    /// The record with that id (the digest of an artifact); null when there is none.
    template <TableRecord Record> const Record* find(std::string_view id) const
    {
        return std::get<Table<Record>>(tables_).find(id);
    }
    const Artifact* artifact(std::string_view sha256) const { return find<Artifact>(sha256); }

    /// All attempts with that plain id, in the order of the table; the record alone if none follows it.
    template <Repeatable Record> std::vector<const Record*> attempts(std::string_view plain) const
    {
        std::vector<const Record*> found;
        for (std::size_t at : std::get<Table<Record>>(tables_).attempts_at(plain))
            found.push_back(&records<Record>()[at]);
        return found;
    }
    /// Whether no other attempt took the record's place. It is one of this manifest.
    template <Repeatable Record> bool is_in_force(const Record& record) const
    {
        const Attempts* several = std::get<Table<Record>>(tables_).attempts.find(plain_id(record));
        auto place = static_cast<std::size_t>(&record - records<Record>().data());
        return several == nullptr || several->in_force.find(attempted_for(record))->second == place;
    }
    /// The attempts in force, in the order of the table.
    template <Repeatable Record> std::vector<const Record*> in_force() const
    {
        std::vector<const Record*> found;
        for (const Record& record : records<Record>())
            if (is_in_force(record))
                found.push_back(&record);
        return found;
    }
    /// The one in force; null when there is none.
    const Source* source(std::string_view plain) const { return attempt_in_force<Source>(plain); }
    const Task* task(std::string_view plain) const { return attempt_in_force<Task>(plain); }
    /// The task that made the artifact (or, for a signed one, the artifact it was signed from): one in force, if there
    /// is such a one.
    const Task* task_of(const Artifact& artifact) const;

    /// The notarizations with that `about`, in the order of the table.
    std::vector<const Notarization*> notarizations_about(std::string_view about) const;
    /// The tests of the artifact, in the order of the table.
    std::vector<const TestResult*> tests_of(std::string_view artifact) const;
    /// The tasks that list the artifact, or have it as their log or lock, in the order of the table.
    std::vector<const Task*> tasks_with(std::string_view artifact) const;
    /// Whether the task, a record of this manifest, is one of these.
    bool is_of_task(std::string_view artifact, const Task& task) const;

    /// The statement of a notarization, which need not be of this manifest: null when it has none but in an envelope,
    /// or the form is not here.
    Json statement_of(const Notarization& notarization) const;

    /// Appends a record. The same id with the same members is fine (nothing is added). With other members it is another
    /// attempt, if the record is Repeatable and honest runs can differ in them; else Kind::trust (attempts.hpp).
    template <class Record> Status add(const Record& record) { return add_record(Record::table, to_json(record)); }
    Status add_record(std::string_view table, Json record);

    /// The union of both by id, as add() does it. Two proofs of one log entry are kept both (merge_proofs.hpp).
    Status merge(const Manifest& other);

    const Json& json() const { return root_; }
    /// One line, without the newline.
    std::string text() const { return write_json(root_); }
    /// SHA-256 of the canonical form (RFC 8785).
    Digest digest() const;
    /// SHA-256 of the canonical form, without the last stage when but_last_stage: what that stage's seal must be.
    Digest seal(bool but_last_stage) const;

private:
    static Result<Manifest> from(Json root);
    Status check_seal() const;
    template <class Record> Status read_table(Table<Record>& table);
    // merge.cpp
    template <class Record> Status append_to(Table<Record>& table, Json record);
    template <class Record> Status add_to(Table<Record>& table, Json record);
    template <class Record> Status add_to_known(Table<Record>& table, std::size_t known, Json record);
    template <class Record> Status add_attempt(Table<Record>& table, std::size_t known, Json record);
    template <class Record> Status add_members(Table<Record>& table, std::size_t at, const Json& record);
    template <class Record> std::optional<std::size_t> find_attempt(Table<Record>& table, const Json& record) const;
    template <class Record> void add_typed(Table<Record>& table, Record record)
    {
        if constexpr (Repeatable<Record>)
            table.add_attempt(plain_id(record), record.follows.has_value());
        table.records.push_back(std::move(record));
        if constexpr (Repeatable<Record>)
            if (Attempts* several = table.attempts.find(plain_id(table.records.back()))) {
                if (several->in_force.empty()) // the first one is an attempt only now
                    settle(*several, table.records, several->places.front());
                settle(*several, table.records, several->places.back());
            }
        index(table.records.back(), table.records.size() - 1);
    }
    template <Repeatable Record> const Record* attempt_in_force(std::string_view plain) const
    {
        const Table<Record>& table = std::get<Table<Record>>(tables_);
        if (const Attempts* several = table.attempts.find(plain))
            return &table.records[several->in_force.begin()->second];
        const Record* alone = table.find(plain);
        return alone != nullptr && is_in_force(*alone) ? alone : nullptr;
    }
    // What is looked up by more than its id.
    template <class Record> void index(const Record& /*record*/, std::size_t /*at*/) {}
    void index(const Task& task, std::size_t at);
    // What cannot stand beside a record that is there.
    template <class Record> Status check_beside(const Record& /*record*/) { return {}; }
    Status check_beside(const CheckpointRecord& record);
    void index(const Notarization& notarization, std::size_t at);
    void index(const TestResult& test, std::size_t at) { tests_[test.artifact].push_back(at); }

    Json root_;
    Tables tables_;
    struct Maker {
        std::size_t task = 0;
        bool lists_it = false; ///< it is not only the task's log or lock
    };
    void index_maker(const JsonText& artifact, Maker maker);
    TextMap<std::vector<std::size_t>> about_;                      ///< notarizations by what they are about
    TextMap<std::vector<std::size_t>> tests_;                      ///< by artifact
    std::map<std::pair<std::string, std::int64_t>, Digest> roots_; ///< by origin and size of the checkpoints
    TextMap<std::vector<Maker>> makers_;                           ///< by artifact, in the order of the table of tasks
    TextMap<KnownNodes> known_nodes_;                              ///< by ledger, as long as manifests are merged
};

} // namespace albs
