// SPDX-License-Identifier: GPL-3.0-or-later
// DSSE v1: a payload with its type and one signature over both.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "albs/crypto/keys.hpp"
#include "albs/json/value.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"

namespace albs {

constexpr std::string_view in_toto_type = "application/vnd.in-toto+json";

/// The bytes that are signed: "DSSEv1 LEN TYPE LEN BODY".
std::string pre_authentication_encoding(std::string_view type, std::string_view body);

/// Exactly one signature, as Sigstore bundles have it. keyid is a hint and empty where it can be: verifiers filter by
/// key ids of their own making.
struct Envelope {
    std::string payload;
    std::string payload_type;
    Bytes signature;
    std::string keyid;

    std::string signed_bytes() const { return pre_authentication_encoding(payload_type, payload); }
    Json json() const;
    /// json() in the compact form.
    std::string line() const;
    static Result<Envelope> from(const Json& json);
    /// Of a line that is, byte for byte, what json() of an in-toto statement without a key id is written as; nothing
    /// for any other. Many times as fast as the JSON reader.
    static std::optional<Envelope> from_written(std::string_view line);
};

/// Kind::trust when the signature does not hold.
Status verify_envelope(const Envelope& envelope, const PublicKey& key);

} // namespace albs
