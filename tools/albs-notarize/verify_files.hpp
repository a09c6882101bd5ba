// SPDX-License-Identifier: GPL-3.0-or-later
// What vouches for the files that verify is asked about: manifests, proofs beside them, the log.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "albs/evidence/evidence.hpp"
#include "albs/log/policy.hpp"
#include "albs/log/view.hpp"
#include "evidence_in_log.hpp"
#include "log_search.hpp"
#include "operands.hpp"
#include "proofs_beside_file.hpp"
#include "verify_report.hpp"

namespace albs::notarize {

struct FileQuestion {
    const Manifest& manifest;
    const EvidenceReader& reader;
    const Policy& policy;
    const std::vector<PackageFile>& files;
    const std::vector<std::string>& required; ///< kinds
    std::size_t jobs;
};

/// A line of the report for each file. All files are hashed at once; a package of a repository must be the one that it
/// lists. SURVEY is of LOG, and is of all of it when that was needed.
Status check_files(const FileQuestion& question, LogView* log, std::shared_ptr<Survey>& survey, Report& report);

} // namespace albs::notarize
