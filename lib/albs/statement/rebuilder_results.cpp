// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/statement/rebuilder_results.hpp"

#include <algorithm>
#include <map>

#include "albs/json/fields.hpp"
#include "albs/statement/statement.hpp"
#include "base/time.hpp"

namespace albs {
namespace {

constexpr int of_no_worth = 3;

/// 0 is the strictest.
int rank_of(std::string_view verdict)
{
    if (verdict == "identical" || verdict == "signature")
        return 0;
    if (verdict == "metadata")
        return 1;
    return verdict == "payload" ? 2 : of_no_worth;
}

/// As of tests: it is behind the other in the log, and was done later by the times that both name.
bool comes_after(const RebuildStatement& later, const RebuildStatement& former)
{
    if (later.index <= former.index)
        return false;
    return former.time.empty() || (!later.time.empty() && later.time > former.time);
}

struct Voice {
    const RebuildStatement* against = nullptr;
    const RebuildStatement* in_favour = nullptr; ///< the last one
};

/// Of one rebuilder in one log.
Voice voice_in(std::vector<const RebuildStatement*> statements, std::string_view weakest)
{
    std::sort(statements.begin(), statements.end(), [](const auto* a, const auto* b) { return a->index > b->index; });
    Voice voice;
    const RebuildStatement* latest = nullptr; // of those behind that are in favour, that which was done last
    for (const RebuildStatement* one : statements) {
        if (!counts_as_reproduced(one->verdict, weakest)) {
            if (latest == nullptr || !comes_after(*latest, *one)) {
                voice.against = one;
                return voice;
            }
        } else if (one->unaccepted.empty()) {
            if (voice.in_favour == nullptr)
                voice.in_favour = one;
            if (latest == nullptr || latest->time < one->time)
                latest = one;
        }
    }
    return voice;
}

} // namespace

std::optional<RebuildStatement> rebuild_statement(const Json& statement)
{
    Result<Json> binding = stated_binding(statement);
    if (!binding || text_member(*binding, "record") != reproduction_kind)
        return std::nullopt;
    RebuildStatement read;
    read.verdict = text_member(*binding, "verdict");
    if (read.verdict == "identical" && text_member(*binding, "rebuilt") != text_member(*binding, "artifact"))
        read.verdict = "differs";
    const std::string time = text_member(*binding, "finished");
    read.time = parse_time(time) ? time : "";
    read.subjects = subjects_of(statement);
    return read;
}

bool counts_as_reproduced(std::string_view verdict, std::string_view weakest)
{
    const int rank = rank_of(verdict);
    return rank != of_no_worth && rank <= rank_of(weakest);
}

std::vector<RebuilderResult> results_of(const Rebuilders& rebuilders, const std::string& sha256,
                                        const std::vector<RebuildStatement>& statements,
                                        const std::function<bool(const RebuildStatement&)>& is_withdrawn)
{
    std::vector<RebuilderResult> results;
    for (const Rebuilder& rebuilder : rebuilders.all) {
        RebuilderResult result{.name = rebuilder.name, .answer = {}, .by = {}, .unaccepted = {}};
        result.answer = RebuilderResult::Answer::absent;
        std::map<std::string_view, std::vector<const RebuildStatement*>> by_log;
        for (const RebuildStatement& one : statements) {
            if (!rebuilder.keys.contains(one.signer) ||
                std::find(one.subjects.begin(), one.subjects.end(), sha256) == one.subjects.end())
                continue;
            if (is_withdrawn(one)) {
                result.answer = RebuilderResult::Answer::withdrawn;
                result.by = one;
                continue;
            }
            if (!one.unaccepted.empty())
                result.unaccepted = one.unaccepted;
            by_log[one.log].push_back(&one);
        }
        for (auto& [log, of_log] : by_log) {
            const Voice voice = voice_in(std::move(of_log), rebuilders.weakest);
            if (voice.against != nullptr) {
                result.answer = RebuilderResult::Answer::differs;
                result.by = *voice.against;
                break;
            }
            if (voice.in_favour != nullptr && result.answer == RebuilderResult::Answer::absent) {
                result.answer = RebuilderResult::Answer::reproduced;
                result.by = *voice.in_favour;
            }
        }
        results.push_back(std::move(result));
    }
    return results;
}

std::size_t reproduced_by(const std::vector<RebuilderResult>& results)
{
    return static_cast<std::size_t>(std::count_if(results.begin(), results.end(), [](const RebuilderResult& one) {
        return one.answer == RebuilderResult::Answer::reproduced;
    }));
}

} // namespace albs
