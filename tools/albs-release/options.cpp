// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.hpp"

namespace albs::release {
namespace {

using cli::Option;

Option to_option(std::string& to)
{
    return {.names = "--to",
            .value = "DIR",
            .help = "the repository tree, a link to its current generation",
            .target = &to,
            .required = true};
}

std::vector<Option> key_options(KeyOptions& o)
{
    return {{.names = "-k,--key",
             .value = "FINGERPRINT",
             .help = "key that signs the metadata",
             .target = &o.key,
             .required = true},
            {.names = "--gnupghome",
             .value = "DIR",
             .help = "directory of the keys (default: $GNUPGHOME, else ~/.gnupg)",
             .target = &o.gnupghome,
             .local = true},
            {.names = "--allow-key",
             .value = "FINGERPRINT",
             .help = "key that packages and the tree so far may be signed by, beside --key (repeatable)",
             .target = &o.allow_keys}};
}

std::vector<Option> site_options(SiteOptions& o)
{
    return {{.names = "--name",
             .value = "NAME",
             .help = "name of the repository (default: as before, else that of DIR)",
             .target = &o.name},
            {.names = "--baseurl",
             .value = "URL",
             .help = "where users will find DIR, for NAME.repo (default: as before, else file://DIR)",
             .target = &o.baseurl}};
}

std::vector<Option> gate_options(GateOptions& o)
{
    std::vector<Option> gates = {
        {.names = "--waive",
         .value = "WAIVER",
         .help = "GATE:NEVRA=REASON, or GATE=REASON for all: release what this gate refuses",
         .target = &o.waive},
        {.names = "--platform",
         .value = "NAME",
         .help = "release this platform's packages only",
         .target = &o.platform},
        {.names = "--closure",
         .value = "MODE",
         .help = "what a requirement without provider does: warn or refuse",
         .target = &o.closure,
         .choices = {"report", "strict"}},
        {.names = "--against",
         .value = "DIR",
         .help = "repository that users have too, for the closure; {arch} is replaced (repeatable)",
         .target = &o.against}};
    return cli::joined({std::move(gates), cli::trust_options(o.trust, "default: WORKSPACE/ledger/log.vkey")});
}

Option keep_option(std::int64_t& keep)
{
    return {.names = "--keep", .value = "N", .help = "generations to keep on disk (default: 3)", .target = &keep};
}

/// Of what is to be released, whether it is or not.
std::vector<Option> plan_options(PlanOptions& o)
{
    return cli::joined({{to_option(o.to)}, key_options(o.keys), site_options(o.site), gate_options(o.gates)});
}

} // namespace

cli::Tool tool(Options& o)
{
    return {.name = "albs-release",
            .summary = "publish packages as a signed repository",
            .commands = {
                {.name = "",
                 .summary = "publish signed, tested, notarized packages as a repository tree, switched in one step",
                 .operands = "[MANIFEST]...",
                 .options = cli::joined({plan_options(o.release.plan), {keep_option(o.release.keep)}}),
                 .examples = {"albs-release --to /srv/repo --key 9A1B... < signed.json > released.json"},
                 .run = cli::bound(o.release, release)},
                {.name = "plan",
                 .summary = "print what would be published and what would be refused, touching nothing",
                 .operands = "[MANIFEST]...",
                 .options = plan_options(o.plan),
                 .examples = {"albs-release plan --to /srv/repo --key 9A1B... < signed.json | jq .refused"},
                 .run = cli::bound(o.plan, plan)},
                {.name = "revert",
                 .summary = "serve the generation that the current one replaced",
                 .operands = "DIR",
                 .input = cli::Input::operands,
                 .examples = {"albs-release revert /srv/repo"},
                 .run = revert},
                {.name = "check",
                 .summary = "verify a published tree: signatures, checksums, every package",
                 .operands = "DIR",
                 .input = cli::Input::operands,
                 .options = {{.names = "--cert",
                              .value = "FILE",
                              .help = "public key to trust (default: the one in DIR)",
                              .target = &o.check.cert,
                              .local = true}},
                 .examples = {"albs-release check /srv/repo --cert RPM-GPG-KEY-example"},
                 .run = cli::bound(o.check, check)},
                {.name = "errata",
                 .summary = "publish advisories about packages of the repository",
                 .operands = "ADVISORY...",
                 .input = cli::Input::operands,
                 .options =
                     cli::joined({{to_option(o.errata.to)}, key_options(o.errata.keys), {keep_option(o.errata.keep)}}),
                 .examples = {"albs-release errata --to /srv/repo --key 9A1B... ALSA-2026-A001.json"},
                 .run = cli::bound(o.errata, errata)},
            }};
}

} // namespace albs::release
