// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.hpp"

namespace albs::fetch {

namespace {

std::vector<cli::Option> of_debranding(Options& options)
{
    return {{.names = "--debrand",
             .value = "DIR",
             .help = "change the files of each package as DIR/NAME/config.yaml says, and record how",
             .target = &options.debrand,
             .local = true},
            {.names = "--debrand-branch",
             .value = "BRANCH",
             .help = "of several config*.yaml of a package, take the one for BRANCH",
             .target = &options.debrand_branch}};
}

} // namespace

cli::Tool tool(Options& options, Stage stage)
{
    cli::Command fetch{
        .name = "",
        .summary = "pin sources to commits, and check and store their files",
        .operands = "[SOURCE]...",
        .input = cli::Input::operands,
        .options =
            {
                {.names = "--from",
                 .value = "FILE",
                 .help = "read more sources from FILE: one a line, or those of a manifest, exactly these again",
                 .target = &options.from,
                 .local = true},
                {.names = "--lookaside",
                 .value = "URL",
                 .help = "get files that git does not hold from URL; may have {name} {file} {hash} {hashtype} {branch}",
                 .target = &options.lookaside},
                {.names = "--keyring",
                 .value = "FILE",
                 .help = "check signatures of commits, tags and source packages against the OpenPGP keys in FILE",
                 .target = &options.keyring,
                 .local = true},
                {.names = "--require-signed",
                 .value = "",
                 .help = "refuse a source without a good signature by a key of the keyring",
                 .target = &options.require_signed},
                {.names = "--require-upstream-signed",
                 .value = "",
                 .help = "refuse a source with a lookaside file that its makers did not sign",
                 .target = &options.require_upstream_signed},
                {.names = "--all-or-nothing",
                 .value = "",
                 .help = "end with the first source that cannot be fetched, and write nothing",
                 .target = &options.all_or_nothing},
                {.names = "--components",
                 .value = "URL",
                 .help = "the components of modules are in repositories at URL, which may have {name}",
                 .target = &options.components},
                {.names = "--component-ref",
                 .value = "REF",
                 .help = "take the components of modules at REF, which may have {stream}",
                 .target = &options.component_ref},
            },
        .examples = {"albs-fetch https://git.almalinux.org/rpms/which.git#c9 --lookaside https://sources.almalinux.org",
                     "albs-fetch hello-2.10-1.src.rpm | albs-build",
                     "albs-fetch --from packages.txt -j 8 -o sources.json"},
        .gone = {},
        .run = {},
    };
    for (cli::Option& option : of_debranding(options))
        fetch.options.push_back(std::move(option));
    for (const char* option : {"--platform", "--platforms", "--flavor"})
        fetch.gone.emplace_back(option, "albs-build makes the source packages now: give it to albs-build");
    fetch.run = [&options, stage = std::move(stage)](cli::Context& context, Manifest& manifest) {
        return stage(options, context, manifest);
    };
    return {"albs-fetch", "pin sources to commits, and check and store their files", {fetch}};
}

} // namespace albs::fetch
