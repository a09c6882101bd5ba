// SPDX-License-Identifier: GPL-3.0-or-later
// Private keys in tokens, through whatever OpenSSL has configured for pkcs11: URIs.
#pragma once
#include <string>

#include "albs/crypto/open_key.hpp"

namespace albs {

/// The caller's. First by a provider that opens such URIs, else by the engine "pkcs11". Kind::environment without
/// either, without the token or the key, or with a wrong PIN; more than one key is Kind::usage.
Result<evp_pkey_st*> open_token_key(const std::string& uri, const AskPassphrase& ask);

} // namespace albs
