// SPDX-License-Identifier: GPL-3.0-or-later
// The main() that all tools share: options, manifests in, the stage, manifest out, exit status.
//
// A tool is a table: its own job and its verbs (`albs-sign verify`), each with options and one function. Everything
// that the command-line contract of albs(7) promises happens here, so that no tool can forget it.
#pragma once
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "albs/manifest/manifest.hpp"
#include "cli/message.hpp"
#include "cli/option.hpp"
#include "store/workspace.hpp"

namespace albs::cli {

enum class Verdict { yes, no }; ///< exit status 0 or 1

struct Outcome {
    Verdict verdict = Verdict::yes;
    /// What goes to stdout instead of the manifest: a document (an SBOM) or a report. Ends with a newline.
    std::optional<std::string> document = {};
    /// Hands what goes to stdout to TAKE in pieces, where that is too large to be held: instead of a document.
    std::function<Status(const std::function<Status(std::string_view)>& take)> stream = {};
    /// SHA-256 of artifacts that the manifest has from an earlier run of this stage: --output lays them out, too.
    std::set<std::string> made_before = {};
    /// SHA-256 of artifacts that are files of the user: --output does not lay them out.
    std::set<std::string> given = {};
    /// What was asked for and did not come about, where no record of the manifest tells it; then the verdict is no.
    std::vector<StageFailure> failures = {};
    /// Nothing came of it that could be given: standard output is empty, and the FILE of -o stays as it is.
    bool is_empty = false;
};

/// What the operands of a command are.
enum class Input {
    manifests, ///< MANIFEST..., merged; none or "-": standard input
    operands,  ///< the command's own; the manifest starts empty
    either,    ///< the command's own if there are any, else a manifest on standard input
};

/// What a stage gets beside the manifest.
class Context {
public:
    Context(const Common& options, Messages& log) : common(options), messages(log) {}
    const Common& common;
    Messages& messages;
    std::vector<std::string> operands; ///< for Input::operands and Input::either
    /// When the stage started (seconds since 1970): SOURCE_DATE_EPOCH, else what an earlier run with the same input
    /// recorded, else the clock. Records of this stage take their times from here.
    std::int64_t started = 0;
    bool dry_run() const { return common.dry_run; }
    std::size_t jobs() const;
    /// Opens (and makes) the workspace on first use; never call it in a dry run.
    Result<store::Workspace*> workspace();
    /// The workspace's path without making it.
    std::string workspace_path() const { return store::workspace_path(common.workspace); }

private:
    std::optional<store::Workspace> workspace_;
};

struct Command {
    std::string name;     ///< verb; empty for the tool's own job
    std::string summary;  ///< "sign packages and record the signatures"
    std::string operands; ///< for the usage line: "[MANIFEST]..."
    Input input = Input::manifests;
    std::vector<Option> options = {};
    std::vector<std::string> examples = {}; ///< command lines, for the end of --help
    /// Options of older versions, and what to do instead.
    std::vector<std::pair<std::string, std::string>> gone = {};
    /// Adds records to the manifest. What it returns as an Error leaves stdout empty.
    std::function<Result<Outcome>(Context&, Manifest&)> run;
};

/// What runs a command whose options are in a struct of its own.
template <class Own> auto bound(const Own& options, Result<Outcome> (*stage)(const Own&, Context&, Manifest&))
{
    return [&options, stage](Context& context, Manifest& manifest) { return stage(options, context, manifest); };
}

struct Tool {
    std::string name;
    std::string summary;
    std::vector<Command> commands; ///< the first is the tool's own job, the others are verbs
};

/// Reads and merges the manifests in a file ("-": standard input).
Result<std::vector<Manifest>> read_manifests(const std::string& path);

int run(int argc, char** argv, Tool tool);

} // namespace albs::cli
