// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize reproduced: whether enough of a policy's rebuilders say that they built a file once more and it came
// out the same. "Verified" is no word of it: where a file is from is another question, which verify answers.
#include <algorithm>
#include <optional>

#include "base/format.hpp"
#include "base/text.hpp"
#include "base/visible.hpp"
#include "log_location.hpp"
#include "operands.hpp"
#include "options.hpp"
#include "rebuilder_statements.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"

namespace albs::notarize {
namespace {

struct Asked {
    std::string name;   ///< as it is printed
    std::string sha256; ///< empty: it is not there
};

/// The files; where none is named, the packages of the manifests.
Result<std::vector<Asked>> asked_about(const std::vector<PackageFile>& files, const Manifest& manifest)
{
    std::vector<Asked> asked;
    for (const PackageFile& file : files) {
        if (!file.sha256.empty() && !sys::exists(file.path)) {
            asked.push_back({file.path, ""});
            continue;
        }
        ALBS_TRY(sys::FileDigest digest, sys::digest_file(file.path));
        if (!file.sha256.empty() && file.sha256 != digest.sha256.hex())
            return fail(Kind::trust, format_text("'{}' is not the file that the repository lists: its SHA-256 is {}",
                                                 file.path, digest.sha256.hex()));
        asked.push_back({file.path, digest.sha256.hex()});
    }
    if (!files.empty())
        return asked;
    auto ask = [&](std::string_view name, std::string_view sha256) {
        if (std::none_of(asked.begin(), asked.end(), [&](const Asked& one) { return one.sha256 == sha256; }))
            asked.push_back({format_text("{} {}", name, sha256), std::string(sha256)});
    };
    for (const Artifact& artifact : manifest.artifacts())
        if (artifact.rpm)
            ask(artifact.name, artifact.sha256);
    for (const Reproduction& reproduction : manifest.reproductions())
        ask(reproduction.name, reproduction.artifact);
    if (asked.empty())
        return fail(Kind::input, "no file was named, and no manifest has a package");
    return asked;
}

struct ReadLogs {
    std::set<std::string> origins;
    std::vector<std::pair<std::string, std::uint64_t>> withheld; ///< by log
};

Result<ReadLogs> read_logs(const ReproducedOptions& options, const Policy& policy, const cli::Context& context,
                           KnownHistory& known, RebuilderStatements& statements)
{
    ReadLogs logs;
    for (const std::string& ledger : options.ledgers) {
        ALBS_TRY(LogLocation place, log_place(ledger, options.timeout, copies_of(context)));
        ALBS_TRY(LogView view, open_log(options.trust, policy, place, context.dry_run()));
        const std::string origin = view.checkpoint.origin;
        LogView& log = known.add_log(std::move(view));
        ALBS_TRY(std::uint64_t withheld, statements.add_log(log));
        if (logs.origins.insert(origin).second && withheld > 0)
            logs.withheld.emplace_back(origin, withheld);
    }
    return logs;
}

// Nobody can show that there is no later statement but by a log itself.
void say_what_was_not_read(const Policy& policy, const ReadLogs& logs, cli::Messages& messages)
{
    std::set<std::string> unread;
    for (const Vkey& key : policy.keys())
        if (!logs.origins.contains(key.name))
            unread.insert(key.name);
    if (!unread.empty())
        messages.warning(format_text("only what came with the operands is known of {}: a later statement may say the "
                                     "opposite (--ledger)",
                                     join(std::vector<std::string>(unread.begin(), unread.end()), ", ")));
}

std::string line_of(const RebuilderResult& result)
{
    using Answer = RebuilderResult::Answer;
    if (result.answer == Answer::absent || !result.by)
        return format_text("  absent {}{}\n", result.name, result.unaccepted.empty() ? "" : ": " + result.unaccepted);
    const RebuildStatement& by = *result.by;
    return format_text("  {} {} {}#{} {}{}{}\n", result.answer == Answer::withdrawn ? "withdrawn" : by.verdict,
                       result.name, by.log, by.index, by.signer, by.time.empty() ? "" : " ", by.time);
}

/// A line for the file, and one below it for each rebuilder.
std::string report_of(const Asked& asked, const std::vector<RebuilderResult>& results, const Rebuilders& rebuilders)
{
    const std::size_t count = reproduced_by(results);
    const bool is_enough = count >= rebuilders.wanted;
    std::string text = format_text("{} {} {} of {}", is_enough ? "reproduced" : "unreproduced", asked.name, count,
                                   rebuilders.all.size());
    text = escape_hidden(text) + (is_enough ? "" : format_text(", {} wanted", rebuilders.wanted)) + "\n";
    for (const RebuilderResult& result : results) {
        std::string line = line_of(result);
        line.pop_back();
        text += escape_hidden(line) + "\n";
    }
    return text;
}

void warn_of_those_against(const Asked& asked, const std::vector<RebuilderResult>& results, cli::Messages& messages)
{
    for (const RebuilderResult& one : results)
        if (one.answer == RebuilderResult::Answer::differs)
            messages.warning(
                format_text("to the rebuilder '{}' it did not come out the same: {}", one.name, one.by->verdict),
                asked.name);
}

} // namespace

Result<cli::Outcome> reproduced(const ReproducedOptions& options, cli::Context& context, Manifest& manifest)
{
    ALBS_TRY(const Policy policy, trusted(options.trust));
    const Rebuilders& rebuilders = policy.rebuilders();
    if (rebuilders.all.empty())
        return fail(Kind::input, "the policy names no rebuilders",
                    "'#albs: rebuilder NAME SHA256' does, see albs-policy(5)");
    std::vector<PackageFile> files;
    ALBS_CHECK(read_operands(context, manifest, files));
    ALBS_TRY(const std::vector<Asked> asked, asked_about(files, manifest));
    ALBS_TRY(KnownHistory known, KnownHistory::of_machine(policy.keys(), options.trust.remember));
    RebuilderStatements statements(policy);
    ALBS_TRY(const ReadLogs logs, read_logs(options, policy, context, known, statements));
    CheckpointCache checkpoints(policy);
    checkpoints.set_known_history(std::move(known));
    ALBS_CHECK(statements.add_manifest(manifest, checkpoints));
    cli::Outcome outcome;
    std::string lines;
    for (const Asked& one : asked) {
        const std::vector<RebuilderResult> results =
            results_of(rebuilders, one.sha256, statements.all(),
                       [&](const RebuildStatement& statement) { return statements.is_withdrawn(statement); });
        lines += report_of(one, results, rebuilders);
        warn_of_those_against(one, results, context.messages);
        if (reproduced_by(results) < rebuilders.wanted)
            outcome.verdict = cli::Verdict::no;
    }
    for (const auto& [origin, count] : logs.withheld) {
        lines += format_text("withheld {} statements of {}\n", count, origin);
        outcome.verdict = cli::Verdict::no;
    }
    if (statements.unproved() > 0)
        context.messages.warning(format_text("{} statements in the manifests cannot be proved with the logs of this "
                                             "policy, and count for nothing",
                                             statements.unproved()));
    say_what_was_not_read(policy, logs, context.messages);
    outcome.document = std::move(lines);
    return outcome;
}

} // namespace albs::notarize
