// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of albs-sign and what their options fill.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cli/tool.hpp"
#include "cli/trust.hpp"

namespace albs::sign {

struct KeyOptions {
    std::vector<std::string> keys;
    std::string gnupghome; ///< empty: $GNUPGHOME or ~/.gnupg
};

/// How packages are signed.
struct SignatureOptions {
    KeyOptions keys;
    bool rpmv3 = false;
    std::string signing_time; ///< RFC 3339 or seconds since 1970; empty: see signing_time()
    std::string signer;       ///< command that makes the signatures; empty: gpg-agent does
};

/// What may be signed.
struct GateOptions {
    std::vector<std::string> waive;
    cli::TrustOptions trust; ///< none: ledger/log.vkey in the workspace
};

struct SignOptions {
    SignatureOptions signature;
    GateOptions gates;
};

/// Of packages that no manifest has.
struct SignFilesOptions {
    SignatureOptions signature;
    GateOptions gates;
};

struct RotateOptions {
    SignatureOptions signature;
    GateOptions gates;
    std::vector<std::string> certificates; ///< of the keys that are replaced
    std::string manifest;
};

struct VerifyOptions {
    std::vector<std::string> certificates;
    bool strict = false;
};

struct UnsignOptions {
    std::string manifest;
};

/// Of detach and of clear.
struct TextOptions {
    KeyOptions keys;
    std::string signing_time;
};

/// Those of all verbs, each for its own.
struct Options {
    SignOptions sign;
    SignFilesOptions sign_files;
    RotateOptions rotate;
    VerifyOptions verify;
    UnsignOptions unsign;
    TextOptions detach;
    TextOptions clear;
};

cli::Tool tool(Options& options);

/// --signing-time, else SOURCE_DATE_EPOCH, as seconds since 1970; none: the record or the clock decides.
Result<std::optional<std::int64_t>> signing_time(const std::string& text);

Result<cli::Outcome> sign(const SignOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> sign_files(const SignFilesOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> rotate(const RotateOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> verify(const VerifyOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> unsign(const UnsignOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> detach(const TextOptions& options, cli::Context& context, Manifest& manifest);
Result<cli::Outcome> clear(const TextOptions& options, cli::Context& context, Manifest& manifest);

} // namespace albs::sign
