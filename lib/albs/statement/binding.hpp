// SPDX-License-Identifier: GPL-3.0-or-later
// Bindings: what a statement in the ledger fixes of a record of the manifest.
//
// A binding is made from the manifest when a statement is written, and made again when it is checked; the two must be
// equal member for member. So no member that matters can be changed later, and a missing one skips no check.
#pragma once
#include <string>
#include <vector>

#include "albs/json/value.hpp"
#include "albs/manifest/manifest.hpp"
#include "base/result.hpp"

namespace albs {

Json source_binding(const Source& source);
/// Of the source package that albs-fetch made.
Json srpm_binding(const Artifact& artifact, const Source& source);
/// Of a file that the task made: package, log or buildroot lock.
Json build_binding(const Manifest& manifest, const Artifact& artifact, const Task& task);
Json build_binding(const Artifact& artifact, const Task& task, const Source* source);
/// One for each attempt at the source: the task may have started from any of them.
std::vector<Json> build_bindings(const Manifest& manifest, const Artifact& artifact, const Task& task);
/// Of one check, as statements of before 0.4 have it; test_run.hpp has those of today.
Json test_binding(const TestResult& test);
Json signature_binding(const Manifest& manifest, const Signature& signature);
Json release_binding(const Release& release);
Json errata_binding(const Erratum& erratum);
Json reproduction_binding(const Reproduction& reproduction);
/// Of a file that no task made.
Json file_binding(const Artifact& artifact);

/// Key of the source's record: SHA-256 of its binding's canonical form. Packages name their source by it.
std::string source_key(const Source& source);

/// The bindings, one of which a notarization of that kind about that record must have: there is one for each attempt.
/// STATED is what the statement says, from which only the names of the task or source, of the file and of the checks
/// are taken. Kind::trust when the manifest has no such record.
Result<std::vector<Json>> expected_bindings(const Manifest& manifest, std::string_view kind, std::string_view about,
                                            const Json& stated);

/// What a statement with that binding says of records, one text for each: it need not be said again. Tests of one run
/// are texts of their own; from which attempt at the source a build started is left out.
std::vector<std::string> said_in(const Json& binding);

} // namespace albs
