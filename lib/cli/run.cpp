// SPDX-License-Identifier: GPL-3.0-or-later
#include <exception>
#include <set>

#include "base/time.hpp"
#include "cli/custody.hpp"
#include "cli/parse.hpp"
#include "cli/tool.hpp"
#include "sys/file.hpp"
#include "sys/module.hpp"
#include "sys/output_file.hpp"
#include "sys/parallel.hpp"
#include "sys/signals.hpp"
#include "sys/stdio.hpp"
#include "sys/temporary.hpp"

namespace albs::cli {
namespace {

/// What the streams hold for one command: the merged manifest and the digests of the documents it came from.
struct InputManifest {
    Manifest manifest;
    std::vector<std::string> inputs;
};

Result<InputManifest> receive(const Command& command, const std::vector<std::string>& operands)
{
    InputManifest received;
    if (command.input == Input::operands || (command.input == Input::either && !operands.empty()))
        return received;
    std::vector<std::string> files = operands;
    if (files.empty())
        files.emplace_back("-");
    std::vector<Manifest> all;
    for (const std::string& file : files) {
        ALBS_TRY(std::vector<Manifest> some, read_manifests(file));
        std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    for (const Manifest& one : all)
        received.inputs.push_back(one.digest().hex());
    received.manifest = std::move(all.front());
    for (std::size_t i = 1; i < all.size(); ++i)
        ALBS_CHECK(received.manifest.merge(all[i]));
    return received;
}

/// fd 1 points elsewhere by now (sys/stdio), and so do its names.
bool is_standard_output(const std::string& path)
{
    return path == "-" || path == "/dev/stdout" || path == "/dev/fd/1" || path == "/proc/self/fd/1";
}

Status deliver(const Common& common, const Outcome& outcome)
{
    if (!outcome.stream)
        return is_standard_output(common.output) ? sys::write_standard_output(*outcome.document)
                                                 : sys::write_output(common.output, *outcome.document);
    if (is_standard_output(common.output)) {
        ALBS_CHECK(outcome.stream([](std::string_view piece) { return sys::stream_standard_output(piece); }));
        return sys::write_standard_output("");
    }
    return sys::put_output(common.output, [&](int fd) {
        return outcome.stream([&](std::string_view piece) { return sys::write_all(fd, piece, common.output); });
    });
}

/// --output: the files that this stage made, now or in an earlier run, under their own names.
Status lay_out(Context& context, const Manifest& manifest, std::size_t known_artifacts, const Outcome& outcome)
{
    const std::set<std::string>& made_before = outcome.made_before;
    if (context.common.output_directory.empty() || context.dry_run())
        return {};
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    std::set<std::string> names;
    for (std::size_t i = made_before.empty() ? known_artifacts : 0; i < manifest.artifacts().size(); ++i) {
        const Artifact& artifact = manifest.artifacts()[i];
        if (i < known_artifacts && !made_before.contains(artifact.sha256))
            continue;
        if (outcome.given.contains(artifact.sha256) || !workspace->store().has(artifact.sha256))
            continue;
        // Two builds may make files of one name (logs, noarch packages): none may hide the other.
        std::string name = artifact.name;
        if (!names.insert(name).second)
            name = std::string(artifact.sha256.view().substr(0, 12)) + "-" + name;
        ALBS_CHECK(workspace->store().lay_out(artifact.sha256, context.common.output_directory, name));
    }
    return {};
}

Result<int> work(const Tool& tool, ParsedCommand& parsed, const Common& common, Messages& messages)
{
    Command& command = *parsed.command;
    ALBS_CHECK(given_source_date_epoch());
    if (!common.dry_run)
        sys::remove_abandoned_temporaries(sys::temporary_directory());
    ALBS_TRY(InputManifest received, receive(command, parsed.operands));
    Context context(common, messages);
    if (command.input != Input::manifests)
        context.operands = parsed.operands;
    Custody custody(tool, command, parsed, received.inputs);
    context.started = custody.start(context);
    std::size_t known_artifacts = received.manifest.artifacts().size();
    ALBS_TRY(Outcome outcome, command.run(context, received.manifest));
    ALBS_CHECK(lay_out(context, received.manifest, known_artifacts, outcome));
    if (!outcome.document && !outcome.stream) {
        ALBS_CHECK(custody.seal(context, received.manifest, outcome));
        outcome.document = received.manifest.text() + "\n";
    }
    messages.clear(); // both may go to one terminal
    if (!outcome.is_empty)
        ALBS_CHECK(deliver(common, outcome));
    return outcome.verdict == Verdict::yes ? 0 : 1;
}

/// --help, --version and --describe win over whatever else stands there.
std::optional<std::string> asked_about(int argc, char** argv, const Tool& tool, Common& common)
{
    const Command* command = &tool.commands.at(0);
    for (int i = 1; i < argc; ++i) {
        std::string_view word = argv[i];
        if (word == "--")
            break;
        for (const Command& verb : tool.commands)
            if (!verb.name.empty() && word == verb.name && command->name.empty())
                command = &verb;
        if (word == "--help" || word == "-h")
            return help_text(tool, *command, common);
        if (word == "--version")
            return tool.name + " " ALBS_VERSION "\n";
        if (word == "--describe")
            return describe(tool, common);
    }
    return std::nullopt;
}

bool wants_json(int argc, char** argv)
{
    for (int i = 1; i < argc && std::string_view(argv[i]) != "--"; ++i)
        if (std::string_view(argv[i]) == "--log-format=json" ||
            (std::string_view(argv[i]) == "--log-format" && i + 1 < argc && std::string_view(argv[i + 1]) == "json"))
            return true;
    return false;
}

Result<int> answer(int argc, char** argv, Tool& tool, Messages& messages)
{
    Common common;
    if (auto text = asked_about(argc, argv, tool, common)) {
        ALBS_CHECK(sys::write_standard_output(*text));
        return 0;
    }
    // Known before the command line is understood: its errors are messages too.
    messages.configure(false, false, wants_json(argc, argv));
    ALBS_TRY(ParsedCommand parsed, parse(argc, argv, tool, common));
    messages.configure(common.quiet, common.verbose, common.log_format == "json");
    return work(tool, parsed, common, messages);
}

} // namespace

std::size_t Context::jobs() const
{
    if (common.jobs > 0)
        return static_cast<std::size_t>(common.jobs);
    return sys::cores();
}

Result<store::Workspace*> Context::workspace()
{
    if (!workspace_) {
        ALBS_TRY(workspace_, store::Workspace::open(workspace_path()));
    }
    return &*workspace_;
}

Result<std::vector<Manifest>> read_manifests(const std::string& path)
{
    bool standard = path == "-";
    Result<std::string> text = standard ? sys::read_standard_input() : sys::read_file(path);
    if (!text)
        return tl::unexpected(std::move(text).error());
    const std::string name = standard ? "standard input" : "'" + path + "'";
    if (text->starts_with("\xed\xab\xee\xdb")) // the lead of an RPM
        return fail(Kind::input, name + " is a package, where a manifest is wanted",
                    "albs-sign sign FILE signs it and makes a manifest; of built packages, albs-build wrote one");
    auto manifests = Manifest::parse_all(std::move(*text));
    if (!manifests)
        return fail(std::move(manifests).error(), name);
    return manifests;
}

int run(int argc, char** argv, Tool tool)
{
    sys::protect_standard_streams();
    sys::watch_signals();
    Messages messages(tool.name);
    int status = static_cast<int>(Kind::internal);
    // Foreign exceptions (bad_alloc, a library's) end here; ours are values.
    try {
        Result<int> answered = answer(argc, argv, tool, messages);
        if (answered)
            status = *answered;
        else {
            messages.error(answered.error());
            status = static_cast<int>(answered.error().kind);
        }
    } catch (const sys::ModuleError& broken) {
        messages.error(sys::error_of(broken));
        status = static_cast<int>(Kind::environment);
    } catch (const std::exception& bug) {
        messages.error(Error{Kind::internal, bug.what(), "this is a bug of " + tool.name + "; please report it"});
    }
    messages.finish(status);
    return status;
}

} // namespace albs::cli
