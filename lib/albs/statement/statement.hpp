// SPDX-License-Identifier: GPL-3.0-or-later
// In-toto statements for the records of a manifest. albs-ledger(5) lists the predicates.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/statement/albs_record.hpp"
#include "base/result.hpp"

namespace albs {

/// A statement that is to be recorded, with what its Notarization will say.
struct Draft {
    std::string kind;
    std::string about;
    std::string subject; ///< SHA-256, or a git commit id
    Json statement;
};

/// Who signs statements. It is part of them, so it must be the same on every run.
struct StatementSigner {
    std::string key;    ///< SHA-256 of the statement key
    std::string origin; ///< of the log
};

/// A statement for every record of the manifest that the ledger can hold (one for all tests of a run), in the order of
/// the tables: sources, source packages, what tasks made, other files, tests, signatures, releases, errata, reproductions.
std::vector<Draft> drafts_of(const Manifest& manifest, const StatementSigner& signer);

/// The type of the statements about commits of a dist-git repository (albs-notarize commits).
constexpr std::string_view commit_type = "https://build.almalinux.org/attestation/git-commit/v1";

/// What the statement fixes of its record; Kind::trust if it is no statement of ours.
Result<Json> stated_binding(const Json& statement);
/// The digest of the first subject: SHA-256 or git commit.
Result<std::string> stated_subject(const Json& statement);
/// The digests that a statement is about, in hex.
std::vector<std::string> subjects_of(const Json& statement);

} // namespace albs
