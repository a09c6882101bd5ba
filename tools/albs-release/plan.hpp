// SPDX-License-Identifier: GPL-3.0-or-later
// What of a manifest would be published where, and what is refused and why. Nothing here writes.
//
// A source passes as a whole: its packages of all architectures, or none of them.
#pragma once
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "albs/evidence/evidence.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/manifest/record_index.hpp"
#include "cli/tool.hpp"
#include "cli/waivers.hpp"
#include "keys.hpp"
#include "options.hpp"
#include "tree.hpp"

namespace albs::release {

struct Refusal {
    std::string source;  ///< id
    std::string package; ///< NEVRA, or the id of what is missing
    std::string gate;    ///< build, arch, signature, notarization, test, identity, downgrade, closure
    std::string reason;
    bool waivable = true;
    std::string waiver = {}; ///< the reason for which it does not count
};

/// One file to publish.
struct Candidate {
    const Source* source = nullptr;
    const Artifact* built = nullptr;    ///< as it was built
    const Artifact* released = nullptr; ///< the signed one
    const Signature* signature = nullptr;
    std::string file;            ///< in the store, verified
    std::string location;        ///< in each repository
    std::int64_t build_time = 0; ///< seconds since 1970
    std::vector<std::string> repositories;
    /// Its signature says that it replaces one in that file, of the same package.
    bool takes_the_place_of(std::string_view sha256) const;
};

struct Plan {
    /// What stands for the sources of packages that no task of the manifest made. Candidates point to them.
    std::list<Source> plain_sources;
    std::vector<Candidate> publish; ///< of sources that passed; some may be in the tree already
    std::vector<Refusal> refused;
    std::vector<Refusal> waived;   ///< would have been refused but for --waive
    std::vector<Refusal> warnings; ///< closure findings that are only reported
};

/// What a plan is made from.
struct PlanInput {
    const GateOptions& gates;
    cli::Context& context;
    const Manifest& manifest;
    const Tree& tree;
    const Keys& keys;
    const RecordIndex& records;
    cli::Waivers& waivers;
    const EvidenceReader* evidence; ///< null: no log key is there, and everything counts as not notarized
};

/// Kind::trust when evidence contradicts itself: then nothing at all is published.
Result<Plan> make_plan(const PlanInput& question);
/// JSON for `albs-release plan`.
Json to_json(const Plan& plan, const Tree& tree);
/// The log key of the options; nothing when there is none and the gate notarization is waived.
Result<std::optional<Policy>> log_trust(const GateOptions& options, const cli::Waivers& waivers,
                                        const cli::Context& context);
/// The gates that --waive may name.
std::vector<std::string_view> waivable_gates();

/// The pieces, one file each. They append to refused.
using Refusals = std::vector<Refusal>;
/// The packages that the tasks of a source made, and its source package; with the gates build and arch.
/// planned: planned_arches().
std::vector<Candidate> candidates_of(const PlanInput& question, const Source& source,
                                     const std::set<std::string>& planned, Refusals& refused);
/// Signed packages that no task made and that are no source's own: those of one source package are one source, whose id
/// is its file name.
std::vector<Candidate> plain_candidates(const Manifest& manifest, const RecordIndex& records,
                                        std::list<Source>& plain_sources);
/// What --arch of the build stages asked for: every source was to be built for each of these.
std::set<std::string> planned_arches(const Manifest& manifest);
/// Sets released, signature and file; gates signature, notarization and test.
Status check_evidence(const PlanInput& question, Candidate& candidate, Refusals& refused);
/// Gates identity and downgrade: against the tree, and among the candidates of all sources.
void check_identities(const PlanInput& question, std::vector<Candidate>& candidates, Refusals& refused);
/// Requirements of the candidates that neither they, nor the tree, nor --against provide.
Result<Refusals> open_requirements(const PlanInput& question, const std::vector<Candidate>& candidates);

} // namespace albs::release
