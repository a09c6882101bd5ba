// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan.hpp"

#include <algorithm>
#include <set>

#include "sys/file.hpp"

namespace albs::release {
namespace {

/// Sorts refusals into those that stand and those that --waive overrules, and drops what belongs to a refused source.
void apply_refusals(const PlanInput& question, Plan& plan, Refusals found)
{
    for (Refusal& refusal : found) {
        const std::string* why = refusal.waivable ? question.waivers.reason(refusal.gate, refusal.package) : nullptr;
        if (why != nullptr)
            refusal.waiver = *why;
        (why != nullptr ? plan.waived : plan.refused).push_back(std::move(refusal));
    }
    std::set<std::string> sources;
    for (const Refusal& refusal : plan.refused)
        sources.insert(refusal.source);
    std::erase_if(plan.publish, [&](const Candidate& one) { return sources.count(one.source->id) != 0; });
    std::erase_if(plan.waived, [&](const Refusal& one) { return sources.count(one.source) != 0; });
}

/// Architectures that noarch packages go to: those of the tree and those of the packages that come.
std::vector<std::string> all_arches(const PlanInput& question, const std::vector<Candidate>& candidates)
{
    std::vector<std::string> known = arches_of(question.tree);
    std::set<std::string> arches(known.begin(), known.end());
    std::set<std::string> sources;
    for (const Candidate& candidate : candidates) {
        sources.insert(std::string(plain_id(*candidate.source)));
        const JsonText& arch = candidate.built->rpm->arch;
        if (arch != "src" && arch != "nosrc" && arch != "noarch")
            arches.insert(arch);
    }
    for (const Task* task : question.manifest.in_force<Task>())
        if (task->status == "ok" && sources.count(task->source) != 0 &&
            (question.gates.platform.empty() || task->platform == question.gates.platform))
            arches.insert(task->arch);
    return {arches.begin(), arches.end()};
}

Status one_platform(const PlanInput& question)
{
    std::set<std::string> platforms;
    for (const Task& task : question.manifest.tasks())
        platforms.insert(task.platform);
    if (question.gates.platform.empty() && platforms.size() > 1)
        return fail(Kind::input,
                    "the manifest has packages of " + std::to_string(platforms.size()) +
                        " platforms; one tree is for one",
                    "choose one with --platform");
    if (!question.gates.platform.empty() && platforms.count(question.gates.platform) == 0)
        return fail(Kind::input, "the manifest has no package of platform '" + question.gates.platform + "'");
    return {};
}

/// Closure findings, until no refusal takes away a package that others need.
Status check_closure(const PlanInput& question, Plan& plan)
{
    bool strict = question.gates.closure == "strict";
    while (true) {
        ALBS_TRY(Refusals open, open_requirements(question, plan.publish));
        if (!strict) {
            plan.warnings = std::move(open);
            return {};
        }
        std::size_t before = plan.publish.size();
        std::erase_if(plan.waived, [](const Refusal& one) { return one.gate == "closure"; });
        apply_refusals(question, plan, std::move(open));
        if (plan.publish.size() == before)
            return {};
    }
}

Json to_json(const std::vector<Refusal>& refusals)
{
    Json list = Json::array();
    for (const Refusal& refusal : refusals)
        list.push(Json::object({{"source", refusal.source},
                                {"package", refusal.package},
                                {"gate", refusal.gate},
                                {"reason", refusal.reason},
                                {"waivable", refusal.waivable}}));
    return list;
}

} // namespace

Result<Plan> make_plan(const PlanInput& question)
{
    ALBS_CHECK(one_platform(question));
    Plan plan;
    Refusals found;
    const std::set<std::string> planned = planned_arches(question.manifest);
    for (const Source* source : question.manifest.in_force<Source>()) {
        std::vector<Candidate> some = candidates_of(question, *source, planned, found);
        std::move(some.begin(), some.end(), std::back_inserter(plan.publish));
    }
    std::vector<Candidate> plain = plain_candidates(question.manifest, question.records, plan.plain_sources);
    std::move(plain.begin(), plain.end(), std::back_inserter(plan.publish));
    std::vector<std::string> arches = all_arches(question, plan.publish);
    std::int64_t done = 0;
    for (Candidate& candidate : plan.publish) {
        candidate.repositories = repositories_for(*candidate.built->rpm, arches);
        if (candidate.repositories.empty())
            found.push_back({candidate.source->id, candidate.built->rpm->nevra, "arch",
                             "it is for all architectures, and nothing says which the tree has", false});
        ALBS_CHECK(check_evidence(question, candidate, found));
        question.context.messages.progress("checking packages", ++done, static_cast<std::int64_t>(plan.publish.size()));
    }
    check_identities(question, plan.publish, found);
    apply_refusals(question, plan, std::move(found));
    ALBS_CHECK(check_closure(question, plan));
    return plan;
}

Json to_json(const Plan& plan, const Tree& tree)
{
    Json publish = Json::array();
    for (const Candidate& candidate : plan.publish)
        for (const std::string& name : candidate.repositories) {
            auto found = tree.repositories.find(name);
            bool there = found != tree.repositories.end() && found->second.find(candidate.released->sha256) != nullptr;
            publish.push(Json::object({{"source", candidate.source->id},
                                       {"package", candidate.built->rpm->nevra},
                                       {"artifact", candidate.released->sha256},
                                       {"repository", name},
                                       {"path", candidate.location},
                                       {"there", there}}));
        }
    return Json::object({{"schema", "albs.release-plan/1"},
                         {"publish", publish},
                         {"refused", to_json(plan.refused)},
                         {"waived", to_json(plan.waived)},
                         {"warnings", to_json(plan.warnings)}});
}

std::vector<std::string_view> waivable_gates()
{
    return {"build", "arch", "notarization", "test", "identity", "downgrade", "closure"};
}

Result<std::optional<Policy>> log_trust(const GateOptions& options, const cli::Waivers& waivers,
                                        const cli::Context& context)
{
    ALBS_TRY(std::optional<Policy> given, cli::given_trust(options.trust));
    if (given)
        return given;
    std::string path = cli::own_log_key(context);
    if (waivers.names("notarization") && !sys::exists(path))
        return std::optional<Policy>();
    auto trust = read_log_trust(path);
    if (!trust) {
        Error error = std::move(trust).error();
        if (error.hint.empty())
            error.hint =
                "give the ledger's verifier key with --log-key or --policy, or make a ledger with 'albs-notarize init'";
        return tl::unexpected<Error>(std::move(error));
    }
    return std::optional<Policy>(std::move(*trust));
}

} // namespace albs::release
