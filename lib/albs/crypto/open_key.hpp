// SPDX-License-Identifier: GPL-3.0-or-later
// Private keys where they are kept: PKCS#8 in a PEM file, perhaps with a passphrase, or in a token behind a pkcs11: URI
// (RFC 7512), which OpenSSL's providers or its engine "pkcs11" open.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "albs/crypto/keys.hpp"
#include "base/result.hpp"

namespace albs {

/// What a passphrase is wanted for.
struct PassphraseRequest {
    std::string subject; ///< a path or a pkcs11: URI
    bool is_pin = false; ///< of a token, which counts wrong ones
    int attempt = 0;     ///< how many did not fit
};
/// Gives a passphrase; nothing when there is no other one to try. Its errors are passed on as they are.
using AskPassphrase = std::function<Result<std::optional<std::string>>(const PassphraseRequest&)>;

/// Opens the key that LOCATION, a path or a pkcs11: URI, names. Kind::input: not a key, or not of that type.
/// Kind::environment: a file that others may read, a wrong passphrase, none to be had, no such token. Kind::usage: a
/// URI with a PIN in it.
Result<PrivateKey> open_key(const std::string& location, KeyType wanted, const AskPassphrase& ask);
/// The same of a file that may also hold one line with a location, absolute if it is a path.
Result<PrivateKey> open_key_file(const std::string& path, KeyType wanted, const AskPassphrase& ask);
/// The bytes of such a file; Kind::environment for one that its owner shares, Kind::input for what is no regular file.
Result<std::string> read_key_file(const std::string& path);
/// They are a key that can be opened without a token, another file or a passphrase.
bool is_plain_key(std::string_view text);
/// A location as open_key_file() reads it: a path is made absolute, a URI is checked.
Result<std::string> key_reference(const std::string& location);

} // namespace albs
