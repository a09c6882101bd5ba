// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.hpp"

namespace albs::fetch {

cli::Tool tool(Options& options, Stage stage)
{
    cli::Command fetch{
        .name = "",
        .summary = "pin sources to commits, check their files and make source packages",
        .operands = "[SOURCE]...",
        .input = cli::Input::operands,
        .options =
            {
                {.names = "--from",
                 .value = "FILE",
                 .help = "read more sources from FILE, one a line",
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
                {.names = "--platform",
                 .value = "NAME",
                 .help = "make source packages with the macros of this platform (default: host)",
                 .target = &options.platform},
                {.names = "--platforms",
                 .value = "FILE",
                 .help = "platforms and flavors beyond our own, in the schema of ALBS; repeatable",
                 .target = &options.platforms,
                 .local = true},
                {.names = "--flavor",
                 .value = "NAME",
                 .help = "change the platform by this flavor; repeatable, in this order",
                 .target = &options.flavors},
            },
        .examples = {"albs-fetch https://git.almalinux.org/rpms/which.git#c9 --lookaside https://sources.almalinux.org",
                     "albs-fetch hello-2.10-1.src.rpm | albs-build",
                     "albs-fetch --from packages.txt -j 8 -o sources.json"},
        .run = {},
    };
    fetch.run = [&options, stage = std::move(stage)](cli::Context& context, Manifest& manifest) {
        return stage(options, context, manifest);
    };
    return {"albs-fetch", "pin sources to commits, check their files and make source packages", {fetch}};
}

} // namespace albs::fetch
