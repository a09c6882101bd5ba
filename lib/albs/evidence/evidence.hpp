// SPDX-License-Identifier: GPL-3.0-or-later
// What the ledger says of the records of a manifest, checked offline: the question that albs-build, albs-sign,
// albs-release and albs-sbom ask before they believe a manifest.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest/manifest.hpp"
#include "albs/statement/status.hpp"
#include "base/result.hpp"

namespace albs {

/// Whom a verifier trusts: one log.
struct LogTrust {
    /// Signed-note verifier key (C2SP signed-note), which holds the origin; several, one a line, when the log changed
    /// its key.
    std::string vkey;
};
/// Reads a `log.vkey` file (one line for each key). Kind::environment if it cannot be read, Kind::input if it is no
/// key.
Result<LogTrust> read_log_trust(const std::string& path);

struct Evidence {
    enum class Answer {
        verified,     ///< a statement about it is in the log, and says what the manifest says
        absent,       ///< the manifest holds no notarization of it
        contradicted, ///< there is one, and it does not hold: never treat this as absent
    };
    Answer answer = Answer::absent;
    std::string reason; ///< one line, for absent and contradicted
    /// "revoked" or "superseded" when it is absent because a later statement in the manifest says so.
    std::string withdrawn = {};
    Json statement;     ///< the verified in-toto statement
};

/// All of these but that of tests are absent when the last status statement about their digests, among those that the
/// manifest carries, withdraws them. A manifest cannot show that there is no later one.
///
/// The artifact is recorded as built: bytes, NEVRA and task of the record equal the manifest's. For a signed artifact
/// ask about its unsigned one.
Evidence evidence_of_artifact(const Manifest& manifest, const Artifact& artifact, const LogTrust& trust);
/// The source (its commit, or its SRPM's digest) is recorded.
Evidence evidence_of_source(const Manifest& manifest, const Source& source, const LogTrust& trust);
/// The signature is recorded: it names the signed and the unsigned digest and the key.
Evidence evidence_of_signature(const Manifest& manifest, const Signature& signature, const LogTrust& trust);
/// The release, or the erratum, is recorded.
Evidence evidence_of_release(const Manifest& manifest, const Release& release, const LogTrust& trust);
Evidence evidence_of_erratum(const Manifest& manifest, const Erratum& erratum, const LogTrust& trust);
/// The test result is recorded, for these very digests.
Evidence evidence_of_test(const Manifest& manifest, const TestResult& test, const LogTrust& trust);

/// The last change about any of the digests that the manifest's own notarizations tell, each of them verified: Kind::
/// trust when one does not hold. What they do not tell may still stand in the log.
Result<std::optional<StatusChange>> status_in_manifest(const Manifest& manifest, const std::vector<std::string>& digests,
                                                const std::vector<Vkey>& keys);

} // namespace albs
