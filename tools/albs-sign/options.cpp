// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.hpp"

#include <charconv>

#include "base/time.hpp"

namespace albs::sign {
namespace {

using cli::Command;
using cli::Option;

std::vector<Option> key_options(KeyOptions& options)
{
    return {{.names = "-k,--key",
             .value = "FINGERPRINT",
             .help = "the key that signs, by its whole fingerprint; again for a second one",
             .target = &options.keys,
             .required = true},
            {.names = "--gnupghome",
             .value = "DIR",
             .help = "the directory of keys (default: $GNUPGHOME, else ~/.gnupg)",
             .target = &options.gnupghome,
             .local = true}};
}

Option time_option(std::string& signing_time, const std::string& otherwise)
{
    return {.names = "--signing-time",
            .value = "TIME",
            .help = "the time in the signature, RFC 3339 or seconds since 1970 (default: " + otherwise + ")",
            .target = &signing_time};
}

std::vector<Option> signature_options(SignatureOptions& options, const std::string& otherwise)
{
    return cli::joined({key_options(options.keys),
                        {{.names = "--rpmv3",
                          .value = "",
                          .help = "also make the v3 signature over header and payload, for old rpm",
                          .target = &options.rpmv3},
                         time_option(options.signing_time, "SOURCE_DATE_EPOCH, else " + otherwise),
                         {.names = "--signer",
                          .value = "COMMAND",
                          .help = "makes the signatures, of digests on its input, with a key that is elsewhere",
                          .target = &options.signer,
                          .local = true}}});
}

std::vector<Option> gate_options(GateOptions& options)
{
    return cli::joined({{{.names = "--waive",
                          .value = "WAIVER",
                          .help = "GATE:NEVRA=REASON, or GATE=REASON for all: sign what this gate refuses",
                          .target = &options.waive}},
                        cli::trust_options(options.trust, "default: ledger/log.vkey in the workspace")});
}

Command sign_files_command(SignFilesOptions& options)
{
    return {.name = "sign",
            .summary = "sign package files that somebody else built, and make records of them",
            .operands = "FILE...",
            .input = cli::Input::operands,
            .options = cli::joined(
                {signature_options(options.signature, "when the package was built"), gate_options(options.gates)}),
            .examples = {"albs-sign sign --key \"$KEY\" --output signed *.rpm >signed.json"},
            .run = cli::bound(options, sign_files)};
}

Command rotate_command(RotateOptions& options)
{
    return {.name = "rotate",
            .summary = "sign the packages of a repository anew, with another key",
            .operands = "DIR|FILE...",
            .input = cli::Input::operands,
            .options = cli::joined({signature_options(options.signature, "that of the old signature"),
                                    {{.names = "--cert",
                                      .value = "FILE",
                                      .help = "certificates of the keys that signed it before; may be given again",
                                      .target = &options.certificates,
                                      .required = true,
                                      .local = true},
                                     {.names = "--manifest",
                                      .value = "FILE",
                                      .help = "what is known of these packages; it is passed on",
                                      .target = &options.manifest,
                                      .local = true}},
                                    gate_options(options.gates)}),
            .examples = {"albs-sign rotate --key \"$NEW\" --cert old.asc repo | albs-notarize >new.json"},
            .run = cli::bound(options, rotate)};
}

Command sign_command(SignOptions& options)
{
    return {.name = "",
            .summary = "sign the packages that the ledger knows, and record the signatures",
            .operands = "[MANIFEST]...",
            .input = cli::Input::manifests,
            .options = cli::joined(
                {signature_options(options.signature, "when the package was built"), gate_options(options.gates)}),
            .examples = {"albs-notarize <built.json | albs-sign --key \"$KEY\" >signed.json"},
            .run = cli::bound(options, sign)};
}

Command verify_command(VerifyOptions& options)
{
    return {.name = "verify",
            .summary = "check packages, or all of a manifest's, against certificates",
            .operands = "[FILE]...",
            .input = cli::Input::either,
            .options = {{.names = "--cert",
                         .value = "FILE",
                         .help = "certificates (public keys) to accept, and no others; may be given again",
                         .target = &options.certificates,
                         .required = true,
                         .local = true},
                        {.names = "--strict",
                         .value = "",
                         .help = "nothing unknown, and nothing in what is free: reserved room, padding, lead",
                         .target = &options.strict}},
            .examples = {"albs-sign verify --cert RPM-GPG-KEY-example hello-2.12-1.x86_64.rpm",
                         "albs-sign verify --cert RPM-GPG-KEY-example <signed.json >verified.json"},
            .run = cli::bound(options, verify)};
}

Command unsign_command(UnsignOptions& options)
{
    return {.name = "unsign",
            .summary = "give back the built package of a signed one, byte for byte",
            .operands = "[FILE]...",
            .input = cli::Input::either,
            .options = {{.names = "--manifest",
                         .value = "FILE",
                         .help = "prove that what is given back is what this manifest recorded as built",
                         .target = &options.manifest,
                         .local = true}},
            .examples = {"albs-sign unsign -o built.rpm --manifest signed.json hello-2.12-1.rpm",
                         "albs-sign unsign --output built <signed.json >unsigned.json"},
            .run = cli::bound(options, unsign)};
}

Command text_command(TextOptions& options, const std::string& name, const std::string& summary,
                     const std::string& example,
                     Result<cli::Outcome> (*run)(const TextOptions&, cli::Context&, Manifest&))
{
    return {
        .name = name,
        .summary = summary,
        .operands = "FILE...",
        .input = cli::Input::operands,
        .options = cli::joined(
            {key_options(options.keys), {time_option(options.signing_time, "SOURCE_DATE_EPOCH, else now")}}),
        .examples = {example},
        .run = [&options, run](cli::Context& context, Manifest& manifest) { return run(options, context, manifest); }};
}

} // namespace

cli::Tool tool(Options& options)
{
    return {.name = "albs-sign",
            .summary = "sign packages and record the signatures",
            .commands = {sign_command(options.sign), sign_files_command(options.sign_files),
                         rotate_command(options.rotate), verify_command(options.verify), unsign_command(options.unsign),
                         text_command(options.detach, "detach", "write a detached signature of each file beside it",
                                      "albs-sign detach --key \"$KEY\" image.iso", detach),
                         text_command(options.clear, "clear", "write each text with its signature below it",
                                      "albs-sign clear --key \"$KEY\" CHECKSUM", clear)}};
}

Result<std::optional<std::int64_t>> signing_time(const std::string& text)
{
    if (text.empty())
        return given_source_date_epoch();
    std::int64_t seconds = 0;
    auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (code == std::errc() && end == text.data() + text.size() && seconds >= 0)
        return std::optional(seconds);
    if (auto time = parse_time(text))
        return std::optional<std::int64_t>(*time);
    return fail(Kind::usage, "--signing-time wants a time, not '" + text + "'",
                "2026-11-23T10:59:45Z, or seconds since 1970");
}

} // namespace albs::sign
