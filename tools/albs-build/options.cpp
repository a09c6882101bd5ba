// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.hpp"

#include "gc.hpp"
#include "lock.hpp"
#include "plan_report.hpp"
#include "reproduce.hpp"
#include "stage.hpp"

namespace albs::build {
namespace {

/// Of who has platforms and flavors of their own.
std::vector<cli::Option> definition_options(std::vector<std::string>& platforms, std::vector<std::string>& flavors)
{
    return {{.names = "--platforms",
             .value = "FILE",
             .help = "platforms and flavors beyond our own, in the schema of ALBS; repeatable",
             .target = &platforms,
             .local = true},
            {"--flavor", "NAME", "change the platform by this flavor; repeatable, in this order", &flavors}};
}

cli::Option timeout_option(std::string& timeout)
{
    return {"--timeout", "TIME", "end a build after so long: 90s, 30m, 12h, 2d", &timeout};
}

/// What roots are solved from beside the platform.
std::vector<cli::Option> root_options(root::RequestOptions& options)
{
    return {{"--repo", "REPOSITORY", "one more: FILE.repo, URL or NAME=URL; repeatable", &options.repositories},
            {"--platform-id", "ID", "what module streams call the platform; platform:el9", &options.platform_id},
            {"--release", "VERSION", "what $releasever in a FILE.repo stands for", &options.release},
            {"--weak", "", "install what packages recommend, too", &options.weak},
            {"--offline", "", "ask no server: the workspace has it all", &options.offline}};
}

std::vector<cli::Option> recipe_options(RecipeOptions& options)
{
    return cli::joined(
        {{{"--platform", "NAME", "what to build for; host is this machine's own toolchain", &options.platform}},
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
          {"--secure-boot", "", "add the platform's macros and packages for signed boot code",
           &options.secure_boot}}});
}

std::vector<cli::Option> source_options(SourceOptions& options)
{
    return {{.names = "--build-configs",
             .value = "FILE",
             .help = "options by package and branch, as ALBS's build_configs.json",
             .target = &options.build_configs,
             .local = true},
            {"--require-notarized", "", "skip sources that the ledger does not hold", &options.require_notarized},
            {.names = "--log-key",
             .value = "FILE",
             .help = "key of the log that must hold the sources; default: the workspace's",
             .target = &options.log_key,
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
    return {
        .name = "",
        .summary = "build source packages in a sandbox without network",
        .operands = "[MANIFEST]...",
        .options = cli::joined({recipe_options(options.recipe),
                           source_options(options.sources),
                           limit_options(options.limits),
                           {{.names = "--lock",
                             .value = "FILE",
                             .help = "build in the root of this lock (albs.buildroot/1), whatever repositories say",
                             .target = &options.lock,
                             .local = true},
                            {"--network", "", "let the builds reach the network; their tasks record it",
                             &options.network},
                            {.names = "--retry",
                             .value = "",
                             .help = "build again what failed in an earlier run",
                             .target = &options.retry,
                             .local = true}}}),
        .examples = {"albs-build -o built.json < fetched.json",
                     "albs-build --without tests --define 'dist .el9' < sources.json > built.json"},
        .run = cli::bound(options, run)};
}

cli::Command plan_command(PlanOptions& options)
{
    return {
        .name = "plan",
        .summary = "say what would be built, in which roots, and what there is to fetch",
        .operands = "[MANIFEST]...",
        .options = cli::joined({recipe_options(options.recipe), source_options(options.sources)}),
        .examples = {"albs-build plan --platform almalinux-9 fetched.json | jq '.roots[].missing'",
                     "albs-build plan --platform almalinux-9 --with tests fetched.json | jq '.tasks[].needs'"},
        .run = cli::bound(options, show_plan)};
}

cli::Command lock_command(LockOptions& options)
{
    return {.name = "lock",
            .summary = "write down the packages of a root, and fetch them",
            .operands = "[PACKAGE]...",
            .input = cli::Input::operands,
            .options = cli::joined(
                {recipe_options(options.recipe),
                 {{"--needs", "CAPABILITY", "what the root must provide, too; repeatable", &options.needs},
                  {"--import", "FILE", "lock the packages that mock recorded", &options.record},
                  {"--lock", "FILE", "fetch the packages of this lock, and write it again", &options.lock}}}),
            .examples = {"albs-build lock --platform almalinux-9 cmake -o root.json",
                         "albs-build lock --platform almalinux-9 --without docs hello-2.12-1.src.rpm > root.json",
                         "albs-build lock --repo my.repo --import installed_pkgs.log > root.json"},
            .run = [&options](cli::Context& context, Manifest&) { return lock(options, context); }};
}

cli::Command reproduce_command(ReproduceOptions& options)
{
    return {
        .name = "reproduce",
        .summary = "build again what a manifest says was built, and compare",
        .operands = "[MANIFEST]...",
        .options = cli::joined({definition_options(options.platforms, options.flavors), {timeout_option(options.timeout)}}),
        .examples = {"albs-build reproduce built.json -o report.json"},
        .run = cli::bound(options, reproduce)};
}

cli::Command gc_command(GcOptions& options)
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
    cli::Command build = build_command(options.build);
    return {.name = "albs-build",
            .summary = build.summary,
            .commands = {build, reproduce_command(options.reproduce), plan_command(options.plan),
                         lock_command(options.lock), gc_command(options.gc)}};
}

} // namespace albs::build
