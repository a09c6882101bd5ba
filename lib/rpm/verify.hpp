// SPDX-License-Identifier: GPL-3.0-or-later
// Is this package whole, and signed by a key that I name? Answered with cryptography over every byte.
//
// rpmReadPackageFile() answers OK to a corrupt payload and to an unsigned file, so the digests are compared here, each
// signature is checked against the given certificates only, and then librpm's own full check has to agree.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "albs/crypto/openpgp.hpp"
#include "base/result.hpp"
#include "rpm/signature.hpp"

namespace albs::rpm {

/// Certificates to check against. Their expiry and revocation are not judged: see gpg::read_validity().
class Keyring {
public:
    Keyring(Keyring&&) noexcept = default;
    Keyring& operator=(Keyring&&) noexcept = default;
    Keyring(const Keyring&) = delete;
    Keyring& operator=(const Keyring&) = delete;
    ~Keyring() = default;

    struct Keys;
    const Keys& keys() const { return *keys_; }
    /// The keys of the file that librpm cannot use, in words; signatures by them are not judged.
    const std::vector<std::string>& unusable() const { return unusable_; }

private:
    explicit Keyring(std::shared_ptr<Keys> keys) : keys_(std::move(keys)) {}
    friend class Library;
    std::vector<std::string> unusable_;
    std::shared_ptr<Keys> keys_; ///< not shared: a deleter that goes with it, out of the module
};

/// A signature that was proved.
struct VerifiedSignature {
    std::string key;    ///< fingerprint of the certificate (its primary key), upper-case hex
    std::string signer; ///< the key or subkey in it that signed: fingerprint, or key id if the signature has no more
    bool header_only = true;
    std::string algorithm;    ///< "rsa/sha256"
    std::int64_t created = 0; ///< seconds since 1970
};

struct Verdict {
    bool good = false;
    std::string reason;                        ///< one line, when it is not good
    std::vector<VerifiedSignature> signatures; ///< those that hold
    /// Those among the signatures of rpm 6 that librpm cannot judge, in words. They say neither yes nor no.
    std::vector<std::string> unknown = {};
    std::string key() const { return signatures.empty() ? "" : signatures[0].key; }
};

} // namespace albs::rpm
