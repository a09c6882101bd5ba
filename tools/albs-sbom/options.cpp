// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.hpp"

namespace albs::sbom {
namespace {

using cli::Command;
using cli::Context;
using cli::Option;

Command make_command(ToolOptions& options)
{
    return Command{
        .name = "",
        .summary = "write a software bill of materials",
        .operands = "[MANIFEST | FILE.rpm]...",
        // stdin is read by the tool itself: with --repo there is nothing to read.
        .input = cli::Input::operands,
        .options = {Option{.names = "--format", .value = "FORMAT", .help = "kind of document",
                           .target = &options.format, .choices = {"cyclonedx", "spdx", "spdx-2.3", "intoto"}},
                    Option{.names = "--encoding", .value = "ENCODING", .help = "how the document is written",
                           .target = &options.encoding, .choices = {"json"}},
                    Option{.names = "--package", .value = "PACKAGE",
                           .help = "only this package: its NEVRA, name or SHA-256", .target = &options.package},
                    Option{.names = "--repo", .value = "DIR", .help = "every package below a directory; repeatable",
                           .target = &options.repositories},
                    Option{.names = "--distro", .value = "NAME-VERSION",
                           .help = "distribution of the packages, such as almalinux-9; default: the platform's",
                           .target = &options.distro},
                    Option{.names = "--supplier", .value = "NAME",
                           .help = "who supplies the packages; default: their vendor", .target = &options.supplier},
                    Option{.names = "--author", .value = "NAME", .help = "author of the document, 'NAME <MAIL>'",
                           .target = &options.author},
                    Option{.names = "--builder", .value = "URI", .help = "identity of the builder in provenance",
                           .target = &options.builder},
                    Option{.names = "--no-files", .value = "", .help = "leave out the files of packages",
                           .target = &options.no_files},
                    Option{.names = "--no-proofs", .value = "", .help = "leave out log entries and proofs",
                           .target = &options.no_proofs}},
        .examples = {"albs-build <source.json | albs-sbom -o build.cdx.json",
                     "albs-sbom --format spdx --distro almalinux-9 *.rpm",
                     "albs-sbom --package bash signed.json"},
        .run = [&options](Context& context, Manifest& manifest) { return make_document(context, manifest, options); }};
}

} // namespace

cli::Tool make_tool(ToolOptions& options)
{
    return cli::Tool{.name = "albs-sbom",
                     .summary = "software bills of materials from the evidence",
                     .commands = {make_command(options)}};
}

} // namespace albs::sbom
