// SPDX-License-Identifier: GPL-3.0-or-later
// The option tables of albs-sbom.
#pragma once
#include <string>
#include <vector>

#include "cli/tool.hpp"
#include "cli/trust.hpp"

namespace albs::sbom {

struct DocumentOptions {
    std::string format = "cyclonedx";
    std::string encoding = "json";
    std::string package;
    std::vector<std::string> repositories;
    std::string distro;
    std::string supplier;
    std::string author;
    std::string builder;
    bool no_files = false;
    bool no_proofs = false;
};

struct VerifyOptions {
    cli::TrustOptions trust;
    std::string ledger; ///< directory; empty: none
    std::string report = "text";
};

struct DiffOptions {
    std::string report = "text";
};

struct CheckOptions {
    std::string profile = "cisa-2026";
    std::string report = "text";
};

/// Those of all verbs, each for its own.
struct ToolOptions {
    DocumentOptions document;
    VerifyOptions verify;
    DiffOptions diff;
    CheckOptions check;
};

/// options outlives the tool.
cli::Tool make_tool(ToolOptions& options);

/// The tool's own job: a document from a manifest, packages, repositories.
Result<cli::Outcome> make_document(cli::Context& context, Manifest& manifest, const DocumentOptions& options);

/// verify: each statement of a document against files, headers and log proofs.
Result<cli::Outcome> verify_document(cli::Context& context, const VerifyOptions& options);
/// diff: what two documents say differently.
Result<cli::Outcome> compare_documents(cli::Context& context, const DiffOptions& options);
/// check: whether a document has what a rule set wants.
Result<cli::Outcome> check_profile(cli::Context& context, const CheckOptions& options);

} // namespace albs::sbom
