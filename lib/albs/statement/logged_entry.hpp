// SPDX-License-Identifier: GPL-3.0-or-later
// An entry of a log, with its statement and its proofs, out of a notarization of either form.
#pragma once
#include <string>
#include <vector>

#include "albs/crypto/dsse.hpp"
#include "albs/log/checkpoint.hpp"
#include "albs/manifest/inclusion.hpp"
#include "albs/manifest/manifest.hpp"
#include "base/result.hpp"

namespace albs {

struct LoggedEntry {
    std::string leaf; ///< empty when it cannot be made
    Envelope envelope;
    std::vector<TlogProof> proofs;
    std::string lacking; ///< what the manifest does not have for a proof, or a further one; may be empty
    Json statement = {}; ///< the envelope's payload, where it came as JSON
};

/// Reads entries of one manifest, which must outlive this and must not change. Several threads may ask.
class LoggedEntries {
public:
    /// Of no manifest: knows notarizations that are complete by themselves only.
    LoggedEntries() = default;
    explicit LoggedEntries(const Manifest& manifest) : manifest_(&manifest), proofs_(manifest) {}

    /// Nothing is verified but that what is there in two forms is the same. Kind::trust when something cannot be read,
    /// or contradicts something else.
    Result<LoggedEntry> of(const Notarization& notarization) const;
    /// The envelope alone, as a claim: for what counts whether or not it is proved.
    Result<Envelope> envelope_of(const Notarization& notarization) const;
    /// Null when it is in an envelope only, or the manifest lacks its form.
    Json statement_of(const Notarization& notarization) const;
    /// For each proof a notarization that is complete by itself. None when there is no proof.
    Result<std::vector<Notarization>> complete(const Notarization& notarization) const;

private:
    struct Signer;
    Result<Signer> signer_of(const Notarization& notarization) const;
    Result<Envelope> envelope_with(const Notarization& notarization, const Json& statement) const;
    const Manifest* manifest_ = nullptr;
    InclusionProofs proofs_;
};

/// A notarization of an entry that is complete by itself, with one proof.
Notarization complete_notarization(Notarization named, const LoggedEntry& entry, const TlogProof& proof);

} // namespace albs
