// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.hpp"

#include "gc.hpp"
#include "lock.hpp"
#include "option_groups.hpp"
#include "plan_report.hpp"
#include "reproduce_options.hpp"
#include "runner.hpp"
#include "show_log.hpp"
#include "stage.hpp"

namespace albs::build {
namespace {

/// What roots are solved from beside the platform.
std::vector<cli::Option> root_options(root::RequestOptions& options)
{
    return {{"--repo", "REPOSITORY", "one more: FILE.repo, URL or NAME=URL; repeatable", &options.repositories},
            {.names = "--key",
             .value = "FILE",
             .help = "OpenPGP keys of the repositories of --repo, instead of theirs",
             .target = &options.key,
             .local = true},
            {"--no-rollback", "", "refuse a repository that is older than what was seen of it", &options.no_rollback},
            {"--platform-id", "ID", "what module streams call the platform; platform:el9", &options.platform_id},
            {"--release", "VERSION", "what $releasever in a FILE.repo stands for", &options.release},
            {"--weak", "", "install what packages recommend, too", &options.weak},
            {"--offline", "", "ask no server: the workspace has it all", &options.offline}};
}

std::vector<cli::Option> recipe_options(RecipeOptions& options)
{
    return cli::joined(
        {{{"--platform", "NAME", "what to build for; host is this machine's own toolchain; repeatable",
           &options.platform}},
         definition_options(options.platforms, options.flavors),
         {{"--arch", "LIST", "architectures, separated by commas; default: this machine's", &options.arches},
          {.names = "--backend",
           .value = "NAME",
           .help = "where to build: a root of the platform's packages, this machine's, or mock's",
           .target = &options.backend,
           .choices = {"chroot", "host", "mock"}},
          {"--with", "FEATURE", "turn a build condition of the spec on; repeatable", &options.with},
          {"--without", "FEATURE", "turn a build condition of the spec off; repeatable", &options.without},
          {"--define", "MACRO", "define an rpm macro, as 'NAME BODY'; repeatable", &options.definitions},
          {"--module-enable", "STREAM", "enable a module stream in the root, NAME:STREAM; repeatable",
           &options.modules},
          {"--exclude", "GLOB", "packages that a root may not have; repeatable", &options.excludes},
          {"--linked", "BUILD", "packages of another build for roots: manifest, directory or URL; repeatable",
           &options.linked}},
         root_options(options.root),
         {{"--target-arch", "ARCH", "the target of rpm where it is not the task's architecture; backend mock",
           &options.target_arch},
          {"--secure-boot", "", "add the platform's macros and packages for signed boot code", &options.secure_boot},
          {"--srpm-as-is", "", "build source packages of others as they are, and do not make them anew",
           &options.srpm_as_is},
          {"--trust-first-fetch", "", "take files that a spec names by URL and nothing pins, and pin them",
           &options.trust_first_fetch}}});
}

cli::Option configs_option(std::string& file)
{
    return {.names = "--build-configs",
            .value = "FILE",
            .help = "options by package and branch, as ALBS's build_configs.json",
            .target = &file,
            .local = true};
}

std::vector<cli::Option> source_options(SourceOptions& options)
{
    return cli::joined(
        {{configs_option(options.build_configs),
          {"--module-version", "NUMBER", "version of the modules; default: when their sources were changed last",
           &options.module_version},
          {"--module-index", "NUMBER", "number of the build in the dist of the modules; default: the platform's",
           &options.module_index},
          {"--require-notarized", "", "skip sources that the ledger does not hold", &options.require_notarized}},
         cli::trust_options(options.trust, "default: the workspace's")});
}

std::vector<cli::Option> run_options(RunOptions& options)
{
    return {{.names = "--lock",
             .value = "FILE",
             .help = "build in the root of this lock (albs.buildroot/1), whatever repositories say",
             .target = &options.lock,
             .local = true},
            {"--network", "", "let the builds reach the network; their tasks record it", &options.network},
            {.names = "--retry",
             .value = "",
             .help = "build again what failed in an earlier run",
             .target = &options.retry,
             .local = true}};
}

std::vector<cli::Option> limit_options(LimitOptions& options)
{
    return {timeout_option(options.timeout),
            {"--memory", "SIZE", "most memory of a build: 512M, 4G", &options.memory},
            {"--disk", "SIZE", "most disk space of a build: 512M, 20G", &options.disk},
            {"--processes", "N", "most processes of a build; default: 16384", &options.processes}};
}

cli::Command build_command(BuildOptions& options)
{
    return {.name = "",
            .summary = "make source packages and build them in a sandbox without network",
            .operands = "[MANIFEST]...",
            .options = cli::joined(
                {recipe_options(options.recipe),
                 source_options(options.sources),
                 limit_options(options.limits),
                 run_options(options.run),
                 runner_options(options.runner),
                 {{.names = "--early-cutoff",
                   .value = "",
                   .help = "do not build again where what was built anew offers the same as before",
                   .target = &options.early_cutoff,
                   .local = true},
                  {"--noarch-strict", "", "a noarch package that is not the same for each architecture is a failure",
                   &options.noarch_strict}}}),
            .examples = {"albs-build -o built.json < fetched.json",
                         "albs-build --without tests --define 'dist .el9' < sources.json > built.json"},
            .run = cli::bound(options, run)};
}

cli::Command plan_command(PlanOptions& options)
{
    return {.name = "plan",
            .summary = "say what would be built, in which roots, and what there is to fetch",
            .operands = "[MANIFEST]...",
            .options = cli::joined({recipe_options(options.recipe),
                                    source_options(options.sources),
                                    run_options(options.run),
                                    {{.names = "--format",
                                      .value = "FORMAT",
                                      .help = "text for people, json, or dot for a drawing",
                                      .target = &options.format,
                                      .choices = {"text", "json", "dot"}},
                                     {"--no-roots", "", "solve no roots: the order alone", &options.no_roots},
                                     {"--rebuild-dependants", "", "add the platform's sources that need what changes",
                                      &options.rebuild_dependants}}}),
            .examples = {"albs-build plan --platform almalinux-9 --format text fetched.json",
                         "albs-build plan --platform almalinux-9 fetched.json | jq '.roots[].missing'",
                         "albs-build plan --platform almalinux-9 --with tests fetched.json | jq '.tasks[].needs'"},
            .run = cli::bound(options, show_plan)};
}

cli::Command srpm_command(SrpmOptions& options)
{
    return {.name = "srpm",
            .summary = "make source packages, and build nothing",
            .operands = "[MANIFEST]...",
            .options = cli::joined({recipe_options(options.recipe),
                                    source_options(options.sources),
                                    {{.names = "--retry",
                                      .value = "",
                                      .help = "make again what failed in an earlier run",
                                      .target = &options.retry,
                                      .local = true}}}),
            .examples = {"albs-build srpm --platform almalinux-9 --output . fetched.json"},
            .run = cli::bound(options, make_source_packages)};
}

cli::Command lock_command(LockOptions& options)
{
    return {.name = "lock",
            .summary = "write down the packages of a root, and fetch them",
            .operands = "[PACKAGE]...",
            .input = cli::Input::operands,
            .options = cli::joined(
                {recipe_options(options.recipe),
                 {configs_option(options.build_configs),
                  {"--branch", "NAME", "the branch that build configurations go by", &options.branch},
                  {"--needs", "CAPABILITY", "what the root must provide, too; repeatable", &options.needs},
                  {"--import", "FILE", "lock the packages that mock recorded", &options.record},
                  {"--lock", "FILE", "fetch the packages of this lock, and write it again", &options.lock}}}),
            .examples = {"albs-build lock --platform almalinux-9 cmake -o root.json",
                         "albs-build lock --platform almalinux-9 --without docs hello-2.12-1.src.rpm > root.json",
                         "albs-build lock --repo my.repo --import installed_pkgs.log > root.json"},
            .run = [&options](cli::Context& context, Manifest&) { return lock(options, context); }};
}

cli::Command log_command(LogOptions& options)
{
    return {.name = "log",
            .summary = "print the logs of tasks, or why they failed",
            .operands = "[TASK]...",
            .input = cli::Input::operands,
            .options = {{.names = "--failed",
                         .value = "",
                         .help = "of each task that failed, the lines around the first cause",
                         .target = &options.failed,
                         .local = true},
                        {.names = "-f,--tail",
                         .value = "",
                         .help = "follow the log of a task that runs, until it ends",
                         .target = &options.tail,
                         .local = true},
                        {.names = "--manifest",
                         .value = "FILE",
                         .help = "the manifest that has the tasks; default: standard input",
                         .target = &options.manifest,
                         .local = true}},
            .examples = {"albs-build log --failed < built.json", "albs-build log --tail hello",
                         "albs-build log hello --manifest built.json | less"},
            .run = [&options](cli::Context& context, Manifest&) { return show_logs(options, context); }};
}

cli::Command gc_command(GcOptions& options)
{
    return {.name = "gc",
            .summary = "remove roots, packages and objects that were not used for a while",
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
                         .local = true},
                        {.names = "--keep",
                         .value = "MANIFEST",
                         .help = "also remove objects of the store that no such manifest needs; repeatable",
                         .target = &options.keep,
                         .local = true}},
            .examples = {"albs-build gc --unused 7d --most 20G",
                         "albs-build gc -n --unused 30d --keep released.json --keep built.json"},
            .run = [&options](cli::Context& context, Manifest&) { return collect_garbage(options, context); }};
}

} // namespace

cli::Tool tool(Options& options)
{
    cli::Command build = build_command(options.build);
    return {.name = "albs-build",
            .summary = build.summary,
            .commands = {build, reproduce_command(options.reproduce), plan_command(options.plan),
                         srpm_command(options.srpm), lock_command(options.lock), log_command(options.log),
                         gc_command(options.gc)}};
}

} // namespace albs::build
