// SPDX-License-Identifier: GPL-3.0-or-later
// albs.manifest/1: the one document that travels between the tools. albs-manifest(5) specifies it.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/manifest/records.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

class Manifest {
public:
    static constexpr std::string_view schema = "albs.manifest/1";

    /// A manifest without records.
    Manifest();
    /// Strict: JSON as read_json() wants it, the schema of this version, every known record well-formed, no id twice
    /// (Kind::input); the seal of the last stage holds (Kind::trust).
    static Result<Manifest> parse(std::string_view text);
    /// Several documents one after the other (`cat a.json b.json`), one per line or with white space between them.
    static Result<std::vector<Manifest>> parse_all(std::string_view text);

    const std::vector<Source>& sources() const { return sources_; }
    const std::vector<Task>& tasks() const { return tasks_; }
    const std::vector<Artifact>& artifacts() const { return artifacts_; }
    const std::vector<TestResult>& tests() const { return tests_; }
    const std::vector<Signature>& signatures() const { return signatures_; }
    const std::vector<Notarization>& notarizations() const { return notarizations_; }
    const std::vector<Release>& releases() const { return releases_; }
    const std::vector<Erratum>& errata() const { return errata_; }
    const std::vector<StageRecord>& stages() const { return stages_; }

    /// Null when there is none.
    const Artifact* artifact(std::string_view sha256) const;
    const Source* source(std::string_view id) const;
    const Task* task(std::string_view id) const;
    /// The task that made the artifact (or, for a signed one, the artifact it was signed from).
    const Task* task_of(const Artifact& artifact) const;

    /// The notarizations with that `about`, in the order of the table.
    std::vector<const Notarization*> notarizations_about(std::string_view about) const;
    /// The tasks that list the artifact, or have it as their log or lock.
    std::vector<const Task*> tasks_with(std::string_view artifact) const;

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
    Status read_typed(std::string_view table, const Json& record, std::size_t at);
    Status add_members(std::string_view table, std::string_view id, std::size_t at, const Json& record);
    Status check_seal() const;

    void index_record(std::string_view table, std::size_t at);

    Json root_;
    std::vector<Source> sources_;
    std::vector<Task> tasks_;
    std::vector<Artifact> artifacts_;
    std::vector<TestResult> tests_;
    std::vector<Signature> signatures_;
    std::vector<Notarization> notarizations_;
    std::vector<Release> releases_;
    std::vector<Erratum> errata_;
    std::vector<StageRecord> stages_;
    std::unordered_map<std::string, std::size_t> index_; ///< "TABLE/ID" to position, in the JSON and typed alike
    using Places = std::unordered_map<std::string, std::vector<std::size_t>>;
    Places about_;    ///< notarizations by what they are about
    Places makers_;   ///< tasks by their artifacts
};

} // namespace albs
