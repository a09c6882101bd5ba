// SPDX-License-Identifier: GPL-3.0-or-later
// Looking a whole log through for a digest. There is no shorter way that proves anything: an index can leave out.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/log/view.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/statement/logged_statements.hpp"
#include "albs/statement/status.hpp"
#include "albs/statement/voucher.hpp"

namespace albs::notarize {

struct FoundStatement {
    std::uint64_t index = 0;
    Json statement;
    Json envelope;
    std::string entry; ///< the leaf's bytes
};
/// Every statement with that subject, in the order of the log, each checked against its leaf in the tree.
Result<std::vector<FoundStatement>> find_statements(LogView& log, const std::string& digest);

/// What a whole log says that no single look-up can find.
class Survey {
public:
    std::vector<FoundStatement> changes;  ///< of status
    std::vector<FoundStatement> commits;  ///< statements of albs-notarize commits
    std::uint64_t withheld = 0;  ///< statements that are not there to read: any of them could be a change of status

    /// The last change about the digest, or about what the log says that it was made from: the file before it was
    /// signed, its source package, its commit. One that withdraws comes before all others.
    std::optional<StatusChange> status(const std::string& digest) const;
    /// The entries that are about the digest, changes of status apart.
    const std::vector<std::uint64_t>& entries_about(const std::string& digest) const;
    /// Kind::trust when a change of status, or a commit, is not signed by its entry's key.
    Status add(const LoggedStatement& one);

private:
    void add_origin(const Json& statement);
    std::unordered_map<std::string, StatusChange> last_changes_;
    std::unordered_map<std::string, std::vector<std::uint64_t>> about_;
    std::unordered_map<std::string, std::vector<std::string>> made_from_; ///< digests, and keys of sources
};
/// Reads every statement of the log once.
Result<Survey> survey_log(LogView& log);
struct StatedVoucher {
    Json statement;
    Voucher voucher;
};
/// Reads single statements of a log, each bundle of them once.
class VoucherReader {
public:
    explicit VoucherReader(LogView& log) : log_(log) {}
    /// The statement is signed by its entry's key. Kind::input when it is withheld.
    Result<StatedVoucher> read(std::uint64_t index);
    const LogView& log() const { return log_; }

private:
    LogView& log_;
    std::unordered_map<std::uint64_t, StatementBundle> bundles_;
};

/// The statement with its proof up to the log's present checkpoint, as a manifest has it. about and kind are the
/// caller's.
Result<Notarization> notarization_of(const FoundStatement& found, LogView& log);
/// The changes about what the manifest names become notarizations of it.
Status add_changes(const Survey& survey, LogView& log, Manifest& manifest);

} // namespace albs::notarize
