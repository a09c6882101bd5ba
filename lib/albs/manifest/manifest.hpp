// SPDX-License-Identifier: GPL-3.0-or-later
// albs.manifest/1: the one document that travels between the tools. albs-manifest(5) specifies it.
#pragma once
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/manifest/records.hpp"
#include "albs/manifest/table.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

/// The tables, in the order in which a new manifest has them.
using Tables = std::tuple<Table<Source>, Table<Task>, Table<Artifact>, Table<TestResult>, Table<Signature>,
                          Table<Notarization>, Table<Release>, Table<Erratum>, Table<StageRecord>>;

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
    const std::vector<Task>& tasks() const { return records<Task>(); }
    const std::vector<Artifact>& artifacts() const { return records<Artifact>(); }
    const std::vector<TestResult>& tests() const { return records<TestResult>(); }
    const std::vector<Signature>& signatures() const { return records<Signature>(); }
    const std::vector<Notarization>& notarizations() const { return records<Notarization>(); }
    const std::vector<Release>& releases() const { return records<Release>(); }
    const std::vector<Erratum>& errata() const { return records<Erratum>(); }
    const std::vector<StageRecord>& stages() const { return records<StageRecord>(); }

    /// The record with that id (the digest of an artifact); null when there is none.
    template <TableRecord Record> const Record* find(std::string_view id) const
    {
        return std::get<Table<Record>>(tables_).find(id);
    }
    const Artifact* artifact(std::string_view sha256) const { return find<Artifact>(sha256); }
    const Source* source(std::string_view id) const { return find<Source>(id); }
    const Task* task(std::string_view id) const { return find<Task>(id); }
    /// The task that made the artifact (or, for a signed one, the artifact it was signed from).
    const Task* task_of(const Artifact& artifact) const;

    /// The notarizations with that `about`, in the order of the table.
    std::vector<const Notarization*> notarizations_about(std::string_view about) const;
    /// The tasks that list the artifact, or have it as their log or lock, in the order of the table.
    std::vector<const Task*> tasks_with(std::string_view artifact) const;
    /// Whether the task (its id) is one of these.
    bool is_of_task(std::string_view artifact, std::string_view task) const;

    /// Appends a record. The same id with the same members is fine (nothing is added); a member that contradicts the
    /// record that is there is Kind::trust.
    template <class Record> Status add(const Record& record) { return add_record(Record::table, to_json(record)); }
    Status add_record(std::string_view table, Json record);

    /// The union of both by id; a contradiction is Kind::trust. Two proofs of one log entry are none
    /// (second_proof.hpp).
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
    template <class Record> Status add_to(Table<Record>& table, Json record);
    template <class Record> Status add_members(Table<Record>& table, std::size_t at, const Json& record);
    // What is looked up by more than its id.
    template <class Record> void index(const Record& /*record*/, std::size_t /*at*/) {}
    void index(const Task& task, std::size_t at);
    void index(const Notarization& notarization, std::size_t at);

    Json root_;
    Tables tables_;
    struct Maker {
        std::size_t task = 0;
        bool lists_it = false; ///< it is not only the task's log or lock
    };
    void index_maker(const JsonText& artifact, Maker maker);
    TextMap<std::vector<std::size_t>> about_; ///< notarizations by what they are about
    TextMap<std::vector<Maker>> makers_;      ///< by artifact, in the order of the table of tasks
};

} // namespace albs
