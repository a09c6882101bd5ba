// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of one run, ready to sign, and the certificates that the result has to answer to.
#pragma once
#include <vector>

#include "gpg/sign.hpp"
#include "options.hpp"
#include "rpm/verify.hpp"

namespace albs::sign {

struct SigningKeys {
    std::vector<gpg::Signer> signers;
    rpm::Keyring certificates; ///< of these keys, and no others
    /// The time for a signature: as wanted, but not before the youngest of the keys was made.
    std::int64_t time_for(std::int64_t wanted) const;
};

/// --key: whole fingerprints, each once. Kind::usage.
Result<std::vector<std::string>> fingerprints(const KeyOptions& options);
/// The primary keys of these, from their certificates.
Result<std::vector<std::string>> primary_keys(const KeyOptions& options);
/// Errors as gpg::Signer::open(); Kind::usage for two keys that a package cannot hold together.
/// parallel: how many packages are signed at a time.
Result<SigningKeys> open_keys(const SignatureOptions& options, std::size_t parallel);

} // namespace albs::sign
