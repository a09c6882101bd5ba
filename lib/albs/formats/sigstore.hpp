// SPDX-License-Identifier: GPL-3.0-or-later
// Sigstore bundles (v0.3) of our notarizations, and the trusted root with which cosign reads them.
#pragma once
#include <string>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/log/note.hpp"
#include "albs/manifest/records.hpp"
#include "albs/statement/logged_entry.hpp"
#include "base/result.hpp"

namespace albs {

/// Of an entry, with one of its proofs, of a log of the rekor profile, by that log's key. Kind::input for other
/// profiles.
Result<Json> sigstore_bundle(const LoggedEntry& entry, const TlogProof& proof, const Vkey& log);
/// The notarization that a bundle holds, complete by itself; about, kind and subject are those of its statement.
/// Nothing is verified here but the form.
Result<Notarization> read_sigstore_bundle(const Json& bundle);
/// trusted_root.json with these keys of logs. created: RFC 3339.
Json sigstore_trusted_root(const std::vector<Vkey>& logs, const std::string& created);

} // namespace albs
