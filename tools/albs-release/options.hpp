// SPDX-License-Identifier: GPL-3.0-or-later
// The command line of albs-release: a struct for each verb, and one for each group of options that several have.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "cli/tool.hpp"
#include "cli/trust.hpp"

namespace albs::release {

/// Whose signatures count, and who signs.
struct KeyOptions {
    std::string key;
    std::string gnupghome;
    std::vector<std::string> allow_keys;
};

/// What NAME.repo says.
struct SiteOptions {
    std::string name;    ///< empty: as before
    std::string baseurl; ///< empty: as before
};

/// What may be released.
struct GateOptions {
    std::vector<std::string> waive;
    cli::TrustOptions trust;
    std::string platform;
    std::string closure = "report";
    std::vector<std::string> against;
};

struct PlanOptions {
    std::string to;
    KeyOptions keys;
    SiteOptions site;
    GateOptions gates;
};

struct ReleaseOptions {
    PlanOptions plan;      ///< what is released is what is planned
    std::int64_t keep = 3; ///< generations, the one that is served included
};

struct CheckOptions {
    std::string cert; ///< empty: the key in the tree
};

struct ErrataOptions {
    std::string to;
    KeyOptions keys;
    std::int64_t keep = 3;
};

/// Those of all verbs, each for its own.
struct Options {
    ReleaseOptions release;
    PlanOptions plan;
    CheckOptions check;
    ErrataOptions errata;
};

cli::Tool tool(Options& options);

/// The verbs; each is one file.
Result<cli::Outcome> release(const ReleaseOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> plan(const PlanOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> revert(cli::Context& context, Manifest& manifest);
Result<cli::Outcome> check(const CheckOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> errata(const ErrataOptions& options, cli::Context& context, Manifest& manifest);

} // namespace albs::release
