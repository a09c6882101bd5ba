// SPDX-License-Identifier: GPL-3.0-or-later
// What the ledger says of the records of a manifest, checked offline: albs-build, albs-sign, albs-release and
// albs-notarize check this before they use a manifest.
#pragma once
#include <atomic>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "albs/evidence/survey.hpp"
#include "albs/evidence/trust.hpp"
#include "albs/evidence/verify.hpp"
#include "albs/manifest/lineage.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/statement/status.hpp"
#include "albs/statement/test_results.hpp"
#include "albs/statement/voucher.hpp"
#include "base/result.hpp"

namespace albs {

/// What the ledger says of one record.
struct Evidence {
    enum class Answer {
        verified,     ///< a statement about it is in the log, and says what the manifest says
        absent,       ///< the manifest holds no notarization of it
        contradicted, ///< there is one, and it does not hold: never treat this as absent
    };
    Answer answer = Answer::absent;
    std::string reason; ///< one line, for absent and contradicted
    /// "revoked" or "superseded" if it counts as absent because a later statement in the manifest says so.
    std::string withdrawn = {};
    /// The statements that verified means: of one record, or of all that vouch for a file.
    std::vector<Voucher> vouchers = {};
};

/// Reads the evidence of one manifest for one run. Each proof is checked when it is first asked for, and once, whoever
/// asks how often; several threads may ask at a time. The manifest must outlive the reader and must not change.
///
/// All answers but that about tests are absent when the last status statement about one of the record's digests, or
/// about what its file was made from (by the manifest's Lineage and by the logs that were surveyed), withdraws that,
/// among the statements that the manifest carries and those of the surveys. A manifest cannot show that there is no
/// later one.
///
/// What the policy does not take, because witnesses are missing or too old, or because its key may not sign such
/// statements, is absent; but it does withdraw, as nobody can say that it was not withdrawn.
class EvidenceReader {
public:
    EvidenceReader(const Manifest& manifest, Policy policy);
    ~EvidenceReader();
    EvidenceReader(const EvidenceReader&) = delete;
    EvidenceReader& operator=(const EvidenceReader&) = delete;

    /// What a log says of statuses, and what it says was made from what, beside what the manifest carries. The survey
    /// may still become more whole. Before anything is asked.
    void add_survey(const std::string& log, std::shared_ptr<const Survey> survey);
    /// What the checkpoints of proofs are held against: without this, nothing. Before anything is asked.
    void set_known_history(KnownHistory known) { checkpoints_.set_known_history(std::move(known)); }

    /// What a log says about tests of an artifact, beside what the manifest carries. Before anything is asked.
    void add_logged_test(const std::string& artifact, TestStatement statement);
    /// The manifest has a record of a file with these bytes.
    bool knows_file(const std::string& sha256) const { return manifest_.artifact(sha256) != nullptr; }
    /// WHY nobody can say that no test failed later. Before anything is asked.
    void set_unknown_tests(std::string why) { unknown_tests_ = std::move(why); }
    const std::string& unknown_tests() const { return unknown_tests_; }

    /// WHY nobody can say that nothing was withdrawn: answers that would be verified are absent, those about tests
    /// apart. Before anything is asked.
    void set_unknown_status(std::string why) { unknown_status_ = std::move(why); }
    const std::string& unknown_status() const { return unknown_status_; }
    /// The log's entry at that index, by its hash in the tree, is one whose statement the manifest has.
    bool knows_entry(const std::string& log, std::uint64_t index, const Digest& leaf) const;

    /// The artifact is recorded as built: bytes, NEVRA and task of the record equal the manifest's, for each task that
    /// made it. For a signed artifact ask about its unsigned one.
    Evidence of_artifact(const Artifact& artifact) const;
    /// The source (its commit, or its SRPM's digest) is recorded.
    Evidence of_source(const Source& source) const;
    /// The signature is recorded: it names the signed and the unsigned digest and the key.
    Evidence of_signature(const Signature& signature) const;
    Evidence of_release(const Release& release) const;
    Evidence of_erratum(const Erratum& erratum) const;
    Evidence of_reproduction(const Reproduction& reproduction) const;
    /// The test result is recorded, for these very digests.
    Evidence of_test(const TestResult& test) const;

    /// The statements about tests of these artifacts that vouch for them, see passed_tests().
    std::vector<Voucher> passed_tests_of(const std::vector<std::string>& digests) const;
    /// All statements about tests of these artifacts that hold and that the policy takes.
    std::vector<TestStatement> test_statements(const std::vector<std::string>& digests) const;
    /// See failed_tests(): by the manifest's notarizations and by what was added with add_logged_test().
    std::vector<FailedTest> failed_tests_of(const std::vector<std::string>& digests) const;

    /// Of the last changes about each of the digests that the manifest's own notarizations tell: one that withdraws, or
    /// else any. Kind::trust when one of these does not hold. What they do not tell may still stand in the log.
    Result<std::optional<StatusChange>> last_change(const std::vector<std::string>& digests) const;

    /// A notarization of the manifest by itself: the checkpoints that its proofs stand on, with or without a quorum;
    /// none when it cannot be proved. Kind::trust when it does not hold, or says other things than the manifest.
    Result<std::vector<const VerifiedCheckpoint*>> check(const Notarization& notarization) const;

    /// Those that proofs of this run stand on, also proofs from elsewhere: all of them show one history of a log.
    CheckpointCache& checkpoints() const { return checkpoints_; }

    /// How many proofs were checked so far.
    std::size_t proofs_checked() const { return checked_; }

private:
    struct Proof;
    struct StatedFile {
        std::size_t notarization = 0;
        std::string sha256;
    };
    using FilePlace = std::tuple<std::string_view, std::string, std::string>; ///< "task" or "srpm", which one, name
    const Proof& proof_of(std::size_t at) const;
    const Proof& proof_of(const Notarization& notarization) const;
    using Filter = std::function<bool(const Proof&)>;
    Evidence about(std::string_view record, std::initializer_list<std::string_view> kinds,
                   const Filter& tells = {}) const;
    template <Repeatable Record> Filter tells_this(const Record& record, const Json& binding) const;
    bool is_of_known_log(const Notarization& notarization) const;
    std::vector<std::string> with_logged_lineage(const std::vector<std::string>& digests) const;
    Result<std::optional<StatusChange>> last_change_of(const std::string& digest) const;
    Evidence unless_withdrawn(Evidence evidence, const std::vector<std::string>& digests) const;
    std::string unrecorded_task(const Artifact& artifact) const;
    std::string replaced_file(const Artifact& artifact) const;
    void index_stated_files() const;

    const Manifest& manifest_;
    const bool has_attempts_; ///< records that follow others
    Lineage lineage_;
    LoggedEntries entries_;
    Policy policy_;
    std::vector<Vkey> keys_; ///< of the policy's logs
    mutable CheckpointCache checkpoints_;
    std::unique_ptr<Proof[]> proofs_;                                  ///< beside the manifest's notarizations
    std::unordered_map<std::string, std::vector<std::size_t>> status_; ///< changes of status, by digest
    std::unordered_map<std::string, std::vector<std::size_t>> tests_;  ///< statements about tests, by artifact
    std::unordered_map<std::string, std::vector<TestStatement>> logged_tests_; ///< by artifact
    std::map<std::string, std::shared_ptr<const Survey>> surveys_;     ///< by log
    std::string unknown_status_;
    std::string unknown_tests_;
    mutable std::once_flag files_indexed_;
    /// Files as statements name them, not verified, by the name of the file and its task or its source package.
    mutable std::map<FilePlace, std::vector<StatedFile>> files_;
    mutable std::atomic<std::size_t> checked_ = 0;
};

} // namespace albs
