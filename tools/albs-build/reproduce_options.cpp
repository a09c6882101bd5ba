// SPDX-License-Identifier: GPL-3.0-or-later
#include "reproduce_options.hpp"

#include "option_groups.hpp"
#include "reproduce.hpp"

namespace albs::build {

cli::Command reproduce_command(ReproduceOptions& options)
{
    return {.name = "reproduce",
            .summary = "build again what a manifest says was built, and compare",
            .operands = "[MANIFEST|DIR|PACKAGE]...",
            .input = cli::Input::either,
            .options = cli::joined(
                {definition_options(options.platforms, options.flavors),
                 {timeout_option(options.timeout),
                  {"--mirror", "DIR|URL", "look there for packages, too; repeatable", &options.mirrors},
                  {"--lookaside", "URL", "look there for source files first; repeatable", &options.lookaside},
                  {"--vary", "WORDS", "change the surroundings, and find what of them shows: host,umask, or all",
                   &options.vary},
                  {"--offline", "", "fetch nothing", &options.offline},
                  {.names = "--format",
                   .value = "FORMAT",
                   .help = "report, or manifest: what albs-notarize records of it",
                   .target = &options.format,
                   .choices = {"report", "manifest"}}}}),
            .examples = {"albs-build reproduce built.json -o report.json", "albs-build reproduce --vary all built.json",
                         "albs-build reproduce --format manifest published/ | albs-notarize >mine.json",
                         "albs-build reproduce published/ --mirror https://vault.example.org/9/BaseOS/x86_64/os",
                         "albs-build reproduce published/hello-2.12-1.x86_64.rpm"},
            .run = cli::bound(options, reproduce)};
}

} // namespace albs::build
