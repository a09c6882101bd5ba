// SPDX-License-Identifier: GPL-3.0-or-later
// What holds of a document: each statement against the file, its header and its log proof.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "albs/evidence/trust.hpp"
#include "albs/formats/sbom_document.hpp"

namespace albs::sbom {

struct Finding {
    enum class Answer {
        holds,
        untrue,     ///< the evidence says otherwise
        unprovable, ///< nothing at hand says anything about it
        missing,    ///< the evidence says it, the document does not; or evidence that was asked for is not there
    };
    std::string package; ///< or "document"
    std::string statement;
    Answer answer = Answer::holds;
    std::string reason;
};
using Findings = std::vector<Finding>;
std::string_view answer_name(Finding::Answer answer);

/// A document's id against its content.
void check_document(const SbomDocument& document, Findings& findings);

/// Packages of the document against files. Every file must be described.
void check_files(const SbomDocument& document, const std::vector<Package>& files, Findings& findings);

/// Packages against the log entries that the document carries for them, verified jobs at a time, and against what the
/// log in the directory LEDGER says since; empty: there is none at hand.
Status check_log(const SbomDocument& document, const Policy& policy, const std::string& ledger, std::size_t jobs,
                 Findings& findings);

} // namespace albs::sbom
