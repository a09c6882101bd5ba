// SPDX-License-Identifier: GPL-3.0-or-later
// Bindings: what a statement in the ledger fixes of a record of the manifest.
//
// A binding is made from the manifest when a statement is written, and made again when it is checked; the two must be
// equal member for member. So no member that matters can be changed later, and a missing one skips no check.
#pragma once
#include <string>

#include "albs/json/value.hpp"
#include "albs/manifest/manifest.hpp"
#include "base/result.hpp"

namespace albs {

Json source_binding(const Source& source);
/// Of the source package that albs-fetch made.
Json srpm_binding(const Artifact& artifact, const Source& source);
/// Of a file that the task made: package, log or buildroot lock.
Json build_binding(const Manifest& manifest, const Artifact& artifact, const Task& task);
Json test_binding(const TestResult& test);
Json signature_binding(const Manifest& manifest, const Signature& signature);
Json release_binding(const Release& release);
Json errata_binding(const Erratum& erratum);
/// Of a file that no task made.
Json file_binding(const Artifact& artifact);

/// Key of the source's record: SHA-256 of its binding's canonical form. Packages name their source by it.
std::string source_key(const Source& source);

/// The binding that a notarization of that kind about that record must have; stated: what the statement says, from
/// which only the names of the task or source are taken. Kind::trust when the manifest has no such record.
Result<Json> expected_binding(const Manifest& manifest, std::string_view kind, std::string_view about,
                              const Json& stated);

} // namespace albs
