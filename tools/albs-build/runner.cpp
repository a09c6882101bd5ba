// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner.hpp"

#include <filesystem>
#include <unistd.h>

#include "base/command_words.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/visible.hpp"
#include "cli/duration.hpp"
#include "sys/process.hpp"

namespace albs::build {
namespace {

/// By its name where that is what is found, since a worker's machine may have it elsewhere; else this very file.
std::string own_program()
{
    std::error_code none;
    const std::filesystem::path own = std::filesystem::read_symlink("/proc/self/exe", none);
    if (auto found = sys::find_program("albs-build"); found && std::filesystem::equivalent(*found, own, none))
        return "albs-build";
    return own.string();
}

/// What the user has, since it is the user's command: where Slurm's and ssh's settings are, say.
std::vector<std::string> environment_of(const store::Workspace& workspace)
{
    std::vector<std::string> environment;
    for (char** one = environ; *one != nullptr; ++one) {
        const std::string_view variable = *one;
        // The jobs that make allows are counted by this program; its descriptors are not handed on.
        if (!variable.starts_with("ALBS_WORKSPACE=") && !variable.starts_with("MAKEFLAGS=") &&
            !variable.starts_with("MFLAGS="))
            environment.emplace_back(variable);
    }
    environment.push_back("ALBS_WORKSPACE=" + workspace.path());
    return environment;
}

/// The error that albs-build said, or else the last line of who said anything.
std::string cause_in(std::string_view text)
{
    constexpr std::string_view ours = "albs-build: error: ";
    std::string cause;
    std::string last;
    for (const std::string& line : split_lines(text)) {
        if (line.starts_with(ours))
            cause = line.substr(ours.size());
        if (!trimmed(line).empty())
            last = trimmed(line); // ssh ends its lines with a carriage return
    }
    return escape_hidden(cause.empty() ? last : cause);
}

std::string seconds(std::int64_t ms)
{
    return format_text("{}s", (ms + 999) / 1000);
}

} // namespace

std::vector<cli::Option> runner_options(RunnerOptions& options)
{
    return {{.names = "--runner",
             .value = "COMMAND",
             .help = "build each task by this command, which runs albs-build elsewhere: 'ssh build1'",
             .target = &options.command,
             .local = true},
            {.names = "--runner-timeout",
             .value = "TIME",
             .help = "take a worker for lost that has not answered after so long; default: never",
             .target = &options.timeout,
             .local = true},
            {.names = "--store",
             .value = "URL",
             .help = "share objects with workers through a bucket: s3://BUCKET/PREFIX",
             .target = &options.store,
             .local = true},
            {"--task", "", "be such a worker: build the one task that the manifest asks for", &options.is_worker}};
}

Result<std::optional<Runner>> read_runner(const BuildOptions& options)
{
    std::optional<Runner> none;
    const RunnerOptions& own = options.runner;
    if (own.command.empty()) {
        if (!own.timeout.empty())
            return fail(Kind::usage, "--runner-timeout is for --runner, which was not given");
        if (!own.store.empty())
            return fail(Kind::usage, "--store is for --runner and --task, of which neither was given");
        return none;
    }
    Runner runner;
    auto words = command_words(own.command);
    if (!words)
        return fail(std::move(words).error(), "--runner");
    runner.command = *std::move(words);
    if (!own.timeout.empty()) {
        ALBS_TRY(runner.timeout_ms, cli::parse_duration(own.timeout, "--runner-timeout"));
    }
    auto program = sys::find_program(runner.command.front());
    if (!program || ::access(program->c_str(), X_OK) != 0)
        return fail(Kind::environment, format_text("--runner: program '{}' is not there", runner.command.front()),
                    "give the command as you would type it before albs-build: --runner 'ssh build1'");
    runner.program = own_program();
    for (const auto& [name, value] :
         {std::pair("--memory", &options.limits.memory), std::pair("--disk", &options.limits.disk),
          std::pair("--processes", &options.limits.processes)})
        if (!value->empty())
            runner.limits.insert(runner.limits.end(), {name, *value});
    if (!own.store.empty()) {
        ALBS_TRY(runner.store, SharedStore::open(own.store));
        runner.limits.insert(runner.limits.end(), {"--store", own.store});
    }
    if (options.run.retry)
        runner.limits.emplace_back("--retry");
    return std::optional<Runner>(std::move(runner));
}

Result<std::string> ask_worker(const Runner& runner, const std::string& request, std::int64_t build_timeout_ms,
                               const store::Workspace& workspace)
{
    sys::Command command{.argv = runner.command, .environment = environment_of(workspace), .input = request};
    command.argv.insert(command.argv.end(), {runner.program, "--task", "-", "--timeout", seconds(build_timeout_ms)});
    command.argv.insert(command.argv.end(), runner.limits.begin(), runner.limits.end());
    command.timeout_ms = runner.timeout_ms;
    command.grace_ms = 5000; // srun and kubectl end what they have started elsewhere
    ALBS_TRY(sys::ProcessResult ended, sys::run(command));
    if (ended.timed_out)
        return fail(Kind::environment,
                    format_text("no answer within {} of --runner-timeout", seconds(runner.timeout_ms)));
    if (ended.output_exceeded)
        return fail(Kind::environment, "its answer is too long");
    // srun ends with status 0 when a node failed.
    if (ended.status > 1 || ended.out.empty()) {
        const std::string cause = cause_in(ended.err);
        return fail(Kind::environment,
                    format_text("the command ended with status {}{}{}", ended.status,
                                ended.status > 1 ? "" : " and without an answer", cause.empty() ? "" : ": " + cause));
    }
    return std::move(ended.out);
}

} // namespace albs::build
