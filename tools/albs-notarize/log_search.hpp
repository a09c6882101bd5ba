// SPDX-License-Identifier: GPL-3.0-or-later
// Looking a whole log through for a digest. There is no shorter way that proves anything: an index can leave out.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/log/view.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/statement/status.hpp"

namespace albs::notarize {

constexpr std::string_view commit_type = "https://build.almalinux.org/attestation/git-commit/v1";

struct FoundStatement {
    std::uint64_t index = 0;
    Json statement;
    Json envelope;
    std::string entry; ///< the leaf's bytes
};
/// Every statement with that subject, in the order of the log, each checked against its leaf in the tree.
Result<std::vector<FoundStatement>> find_statements(LogView& log, const std::string& digest);

/// What a whole log says that no single look-up can find.
struct Survey {
    std::vector<FoundStatement> changes;  ///< of status
    std::vector<FoundStatement> commits;  ///< statements of albs-notarize commits
    std::uint64_t withheld = 0;  ///< statements that are not there to read: any of them could be a change of status
    std::map<std::string, StatusChange> last_changes; ///< by each digest that a change is about
    /// The last change about a digest.
    std::optional<StatusChange> status(const std::string& digest) const;
};
/// Reads every statement of the log once.
Result<Survey> survey_log(LogView& log);

/// The statement with its proof up to the log's present checkpoint, as a manifest has it. about and kind are the
/// caller's.
Result<Notarization> notarization_of(const FoundStatement& found, LogView& log);
/// The changes about what the manifest names become notarizations of it.
Status add_changes(const Survey& survey, LogView& log, Manifest& manifest);

} // namespace albs::notarize
