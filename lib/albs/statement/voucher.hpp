// SPDX-License-Identifier: GPL-3.0-or-later
// Which statements vouch for the bytes of a file: those that say where it comes from. That a test failed, or that an
// advisory names it, says nothing of that.
#pragma once
#include <string>
#include <string_view>

#include "albs/json/value.hpp"

namespace albs {

/// What a statement says for a file, and who said it when.
struct Voucher {
    std::string kind;   ///< "source", "srpm", "build", "signature", "release", "file"; "test": a passed one
    std::string entry;  ///< "ORIGIN#INDEX"
    std::string signer; ///< SHA-256 of the statement key's SPKI, in hex
    std::string time;   ///< that the statement names, RFC 3339; empty: none
    /// "build log.example.org#5 SIGNER TIME"
    std::string text() const;
};

/// The kind of record that the statement binds; "commit" for one of albs-notarize commits, "status" for a change of
/// status, "statuses" for a list of these; empty for a statement of others.
std::string statement_kind(const Json& statement);
/// The time that the statement names: when the build finished, the signature was made, the release was published.
/// Empty: none.
std::string statement_time(const Json& statement);
/// Statements of that kind vouch for the files that they are about.
bool vouches(std::string_view kind);

} // namespace albs
