// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of status of what was recorded: revoked, superseded, valid again. Nothing is taken out of a log, so the last
// statement about a digest is the one that counts.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/log/note.hpp"
#include "albs/manifest/manifest.hpp"
#include "base/result.hpp"

namespace albs {

constexpr std::string_view status_type = "https://build.almalinux.org/attestation/status/v1";
/// The kind of notarizations that hold such a statement.
constexpr std::string_view status_kind = "status";

struct StatusChange {
    std::uint64_t index = 0; ///< of the entry
    std::string status;      ///< "revoked", "superseded", "valid"
    std::string reason;
    std::string subject; ///< the digest that it is about: the statement's first
    bool withdraws() const { return status != "valid"; }
    /// "entry 6 of the log says that it is revoked: REASON"
    std::string text() const;
    friend auto operator<=>(const StatusChange&, const StatusChange&) = default;
};
/// The change that a statement tells, without its index; nothing when it is of another kind.
std::optional<StatusChange> status_of(const Json& statement);
/// The digest under which an index lists all such statements: SHA-256 of the type's name, in hex.
std::string status_subject();

/// Every digest of the manifest that a change of status can be about: files, commits, repositories, advisories.
std::vector<std::string> digests_of(const Manifest& manifest);

} // namespace albs
