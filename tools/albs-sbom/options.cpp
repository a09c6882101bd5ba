// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.hpp"

namespace albs::sbom {
namespace {

using cli::Command;
using cli::Context;
using cli::Option;

Command make_command(DocumentOptions& options)
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

Option report_option(std::string& report)
{
    return Option{.names = "--report", .value = "FORM", .help = "form of the report", .target = &report,
                  .choices = {"text", "json"}};
}

Option ledger_option(std::string& target)
{
    return Option{.names = "--ledger", .value = "DIR",
                  .help = "directory of the log, or a copy of it: revocations are looked for there", .target = &target,
                  .local = true};
}

Command verify_command(VerifyOptions& options)
{
    return Command{.name = "verify",
                   .summary = "check each statement of a document against files, headers and log proofs",
                   .operands = "SBOM [FILE.rpm]...",
                   .input = cli::Input::operands,
                   .options = cli::joined({cli::trust_options(options.trust),
                                           {ledger_option(options.ledger), report_option(options.report)}}),
                   .examples = {"albs-sbom verify build.cdx.json *.rpm --log-key log.vkey"},
                   .run = [&options](Context& context, Manifest&) { return verify_document(context, options); }};
}

Command diff_command(DiffOptions& options)
{
    return Command{.name = "diff",
                   .summary = "list what two documents say differently of packages",
                   .operands = "OLD NEW",
                   .input = cli::Input::operands,
                   .options = {report_option(options.report)},
                   .examples = {"albs-sbom diff old.cdx.json new.cdx.json"},
                   .run = [&options](Context& context, Manifest&) { return compare_documents(context, options); }};
}

Command check_command(CheckOptions& options)
{
    return Command{.name = "check",
                   .summary = "check that a document has what a rule set wants",
                   .operands = "SBOM",
                   .input = cli::Input::operands,
                   .options = {Option{.names = "--profile", .value = "PROFILE", .help = "rule set",
                                      .target = &options.profile, .choices = {"cisa-2026", "bsi", "ntia"}},
                               report_option(options.report)},
                   .examples = {"albs-sbom check --profile bsi build.cdx.json"},
                   .run = [&options](Context& context, Manifest&) { return check_profile(context, options); }};
}

} // namespace

cli::Tool make_tool(ToolOptions& options)
{
    return cli::Tool{.name = "albs-sbom",
                     .summary = "software bills of materials from the evidence",
                     .commands = {make_command(options.document), verify_command(options.verify),
                                  diff_command(options.diff), check_command(options.check)}};
}

} // namespace albs::sbom
