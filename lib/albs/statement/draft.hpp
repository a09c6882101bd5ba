// SPDX-License-Identifier: GPL-3.0-or-later
// One statement for each kind of record: its subjects, its predicate, its binding, and the record of ALBS in it.
#pragma once
#include "albs/manifest/manifest.hpp"
#include "albs/statement/statement.hpp"
#include "albs/statement/test_run.hpp"

namespace albs {

Draft source_draft(const Manifest& manifest, const Source& source, const StatementSigner& signer);
Draft srpm_draft(const Artifact& artifact, const Source& source, const StatementSigner& signer);
Draft build_draft(const Manifest& manifest, const Artifact& artifact, const Task& task, const StatementSigner& signer);
Draft file_draft(const Artifact& artifact, const StatementSigner& signer);
Draft test_draft(const Manifest& manifest, const TestRun& run, const StatementSigner& signer);
Draft signature_draft(const Manifest& manifest, const Signature& signature, const StatementSigner& signer);
Draft release_draft(const Release& release, const StatementSigner& signer);
Draft errata_draft(const Erratum& erratum, const StatementSigner& signer);
Draft reproduction_draft(const Reproduction& reproduction, const StatementSigner& signer);

} // namespace albs
