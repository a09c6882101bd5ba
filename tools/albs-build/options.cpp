// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.hpp"

#include <algorithm>
#include <cctype>

#include "gc.hpp"
#include "lock.hpp"
#include "plan_report.hpp"
#include "reproduce.hpp"
#include "stage.hpp"

namespace albs::build {
namespace {

bool is_word(const std::string& text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char letter) {
        return std::isalnum(letter) != 0 || letter == '_' || letter == '-' || letter == '+' || letter == '.';
    });
}

bool has_space(const std::string& text)
{
    return std::any_of(text.begin(), text.end(), [](unsigned char letter) { return letter <= ' ' || letter == 0x7f; });
}

/// NAME, NAME:STREAM, NAME:STREAM:VERSION, NAME:STREAM:VERSION:CONTEXT, each with or without /PROFILE.
bool is_stream(const std::string& text)
{
    std::string rest = text;
    if (std::size_t slash = rest.find('/'); slash != rest.npos) {
        if (slash + 1 == rest.size() || rest.find('/', slash + 1) != rest.npos)
            return false;
        rest.erase(slash);
    }
    bool has_parts = !rest.empty() && rest.front() != ':' && rest.back() != ':' && rest.find("::") == rest.npos;
    return has_parts && std::count(rest.begin(), rest.end(), ':') <= 3 && !has_space(text);
}

cli::Option platforms_option(Options& options)
{
    return {.names = "--platforms",
            .value = "FILE",
            .help = "platforms and flavors beyond our own, in the schema of ALBS; repeatable",
            .target = &options.platforms,
            .local = true};
}

cli::Option flavor_option(Options& options)
{
    return {"--flavor", "NAME", "change the platform by this flavor; repeatable, in this order", &options.flavors};
}

/// What a platform is chosen by.
std::vector<cli::Option> platform_options(Options& options)
{
    return {{"--platform", "NAME", "what to build for; host is this machine's own toolchain", &options.platform},
            platforms_option(options),
            flavor_option(options),
            {"--arch", "LIST", "architectures, separated by commas; default: this machine's", &options.arches}};
}

cli::Option repo_option(Options& options)
{
    return {"--repo", "REPOSITORY", "one more: FILE.repo, URL or NAME=URL; repeatable", &options.root.repositories};
}

cli::Option offline_option(Options& options)
{
    return {"--offline", "", "ask no server: the workspace has it all", &options.root.offline};
}

/// What roots are solved from beside the platform.
std::vector<cli::Option> root_options(Options& options)
{
    return {repo_option(options),
            {"--module", "STREAM", "enable a module stream, NAME:STREAM; repeatable", &options.root.modules},
            {"--platform-id", "ID", "what module streams call the platform; platform:el9", &options.root.platform_id},
            {"--release", "VERSION", "what $releasever in a FILE.repo stands for", &options.root.release},
            {"--weak", "", "install what packages recommend, too", &options.root.weak},
            offline_option(options)};
}

cli::Command plan_command(Options& options)
{
    cli::Command command{
        .name = "plan",
        .summary = "say what would be built, in which roots, and what there is to fetch",
        .operands = "[MANIFEST]...",
        .options = platform_options(options),
        .examples = {"albs-build plan --platform almalinux-9 fetched.json | jq '.roots[].missing'"},
        .run = [&options](cli::Context& context, Manifest& manifest) { return show_plan(options, context, manifest); }};
    for (cli::Option& one : root_options(options))
        command.options.push_back(std::move(one));
    command.options.push_back(
        {"--require-notarized", "", "skip sources that the ledger does not hold", &options.require_notarized});
    command.options.push_back({"--log-key", "FILE", "key of the log that must hold the sources", &options.log_key});
    return command;
}

cli::Command lock_command(Options& options)
{
    cli::Command command{.name = "lock",
                         .summary = "write down the packages of a root, and fetch them",
                         .operands = "[PACKAGE]...",
                         .input = cli::Input::operands,
                         .options = platform_options(options),
                         .examples = {"albs-build lock --platform almalinux-9 cmake -o root.json",
                                      "albs-build lock --repo my.repo --import installed_pkgs.log > root.json"},
                         .run = [&options](cli::Context& context, Manifest&) { return lock(options, context); }};
    for (cli::Option& one : root_options(options))
        command.options.push_back(std::move(one));
    command.options.push_back({"--needs", "CAPABILITY", "what the root must provide, too; repeatable", &options.needs});
    command.options.push_back({"--import", "FILE", "lock the packages that mock recorded", &options.record});
    command.options.push_back({"--lock", "FILE", "fetch the packages of this lock, and write it again", &options.lock});
    return command;
}

/// Of the tool's own job.
std::vector<cli::Option> build_options(Options& options)
{
    std::vector<cli::Option> list = platform_options(options);
    const std::vector<cli::Option> more = {
        {.names = "--backend",
         .value = "NAME",
         .help = "where to build: a root of the platform's packages, this machine's, or mock's",
         .target = &options.backend,
         .choices = {"chroot", "host", "mock"}},
        {"--with", "FEATURE", "turn a build condition of the spec on; repeatable", &options.with},
        {"--without", "FEATURE", "turn a build condition of the spec off; repeatable", &options.without},
        {"--define", "MACRO", "define an rpm macro, as 'NAME BODY'; repeatable", &options.definitions},
        {"--module-enable", "STREAM", "enable a module stream in the root; repeatable", &options.modules},
        {"--exclude", "GLOB", "packages that a root may not have; repeatable", &options.excludes},
        {"--linked", "BUILD", "packages of another build for roots: manifest, directory or URL; repeatable",
         &options.linked},
        repo_option(options),
        offline_option(options),
        {"--target-arch", "ARCH", "the target of rpm where it is not the task's architecture; backend mock",
         &options.target_arch},
        {"--secure-boot", "", "add the platform's macros and packages for signed boot code", &options.secure_boot},
        {.names = "--build-configs",
         .value = "FILE",
         .help = "options by package and branch, as ALBS's build_configs.json",
         .target = &options.build_configs,
         .local = true},
        {"--timeout", "TIME", "end a build after so long: 90s, 30m, 12h, 2d", &options.timeout},
        {"--memory", "SIZE", "most memory of a build: 512M, 4G", &options.memory},
        {"--disk", "SIZE", "most disk space of a build: 512M, 20G", &options.disk},
        {"--processes", "N", "most processes of a build; default: 16384", &options.processes},
        {.names = "--lock",
         .value = "FILE",
         .help = "build in the root of this lock (albs.buildroot/1), whatever repositories say",
         .target = &options.lock,
         .local = true},
        {"--network", "", "let the builds reach the network; their tasks record it", &options.network},
        {"--require-notarized", "", "skip sources that the ledger does not hold", &options.require_notarized},
        {.names = "--log-key",
         .value = "FILE",
         .help = "key of the log that must hold the sources; default: the workspace's",
         .target = &options.log_key,
         .local = true},
        {.names = "--retry",
         .value = "",
         .help = "build again what failed in an earlier run",
         .target = &options.retry,
         .local = true}};
    list.insert(list.end(), more.begin(), more.end());
    return list;
}

cli::Command build_command(Options& options)
{
    return {
        .name = "",
        .summary = "build source packages in a sandbox without network",
        .operands = "[MANIFEST]...",
        .options = build_options(options),
        .examples = {"albs-build -o built.json < fetched.json",
                     "albs-build --without tests --define 'dist .el9' < sources.json > built.json"},
        .run = [&options](cli::Context& context, Manifest& manifest) { return run(options, context, manifest); }};
}

cli::Command reproduce_command(Options& options)
{
    return {
        .name = "reproduce",
        .summary = "build again what a manifest says was built, and compare",
        .operands = "[MANIFEST]...",
        .options = {platforms_option(options),
                    flavor_option(options),
                    {"--timeout", "TIME", "end a build after so long: 90s, 30m, 12h, 2d", &options.timeout}},
        .examples = {"albs-build reproduce built.json -o report.json"},
        .run = [&options](cli::Context& context, Manifest& manifest) { return reproduce(options, context, manifest); }};
}

cli::Command gc_command(Options& options)
{
    return {
        .name = "gc",
        .summary = "remove roots that were not used for a while",
        .operands = "",
        .input = cli::Input::operands,
        .options = {{.names = "--unused",
                     .value = "TIME",
                     .help = "remove what was not used for so long; default: 14d",
                     .target = &options.unused,
                     .local = true},
                    {.names = "--most",
                     .value = "SIZE",
                     .help = "and the longest unused while roots are more than this: 20G",
                     .target = &options.most,
                     .local = true}},
        .examples = {"albs-build gc --unused 7d --most 20G"},
        .run = [&options](cli::Context& context, Manifest&) { return collect_garbage(options, context); }};
}

} // namespace

cli::Tool tool(Options& options)
{
    cli::Command build = build_command(options);
    return {.name = "albs-build",
            .summary = build.summary,
            .commands = {build, reproduce_command(options), plan_command(options), lock_command(options),
                         gc_command(options)}};
}

Status check(const Options& options)
{
    for (const auto& list : {options.with, options.without})
        for (const std::string& word : list)
            if (!is_word(word))
                return fail(Kind::usage, "'" + word + "' is no name of a build condition");
    for (const auto& list : {options.modules, options.root.modules})
        for (const std::string& stream : list)
            if (!is_stream(stream))
                return fail(Kind::usage, "'" + stream + "' is no module stream", "write it as NAME:STREAM");
    for (const std::string& glob : options.excludes) // they travel in a list that spaces separate
        if (glob.empty() || has_space(glob))
            return fail(Kind::usage, "'" + glob + "' is no pattern of packages", "give --exclude once for each");
    for (const std::string& definition : options.definitions) {
        std::size_t space = definition.find(' ');
        if (space == 0 || space == definition.npos || space + 1 == definition.size() ||
            definition.find('\n') != definition.npos)
            return fail(Kind::usage, "--define '" + definition + "' has no body", "write it as --define 'NAME BODY'");
    }
    return {};
}

} // namespace albs::build
