// SPDX-License-Identifier: GPL-3.0-or-later
// Later words on what was recorded: revoked, superseded, valid again. Nothing is taken out of a log, so the last
// statement about a digest is the one that counts.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "albs/json.hpp"
#include "albs/manifest.hpp"
#include "albs/note.hpp"
#include "albs/result.hpp"

namespace albs {

constexpr std::string_view status_type = "https://build.almalinux.org/attestation/status/v1";
/// The kind of notarizations that hold such a statement.
constexpr std::string_view status_kind = "status";

struct StatusChange {
    std::uint64_t index = 0; ///< of the entry
    std::string status;      ///< "revoked", "superseded", "valid"
    std::string reason;
    bool withdraws() const { return status != "valid"; }
    /// "entry 6 of the log says that it is revoked: REASON"
    std::string text() const;
};
/// The change that a statement tells, without its index; nothing when it is of another kind.
std::optional<StatusChange> status_of(const Json& statement);
/// The digest under which an index lists all such statements: SHA-256 of the type's name, in hex.
std::string status_subject();

/// Every digest of the manifest that a change of status can be about: files, commits, repositories, advisories.
std::vector<std::string> digests_of(const Manifest& manifest);

/// The last change about any of the digests that the manifest's own notarizations tell, each of them verified: Kind::
/// trust when one does not hold. What they do not tell may still stand in the log.
Result<std::optional<StatusChange>> told_status(const Manifest& manifest, const std::vector<std::string>& digests,
                                                const std::vector<Vkey>& keys);

} // namespace albs
