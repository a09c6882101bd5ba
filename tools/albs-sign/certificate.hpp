// SPDX-License-Identifier: GPL-3.0-or-later
// The keys that `albs-sign verify` accepts: librpm proves signatures by them, GnuPG knows until when they are good.
#pragma once
#include <string>
#include <vector>

#include "gpg/key.hpp"
#include "rpm/verify.hpp"

namespace albs::sign {

/// The packets of files of certificates, armoured or binary. Kind::environment, Kind::input.
Result<std::string> read_certificate_files(const std::vector<std::string>& paths);

/// What is to be told of a package.
struct Judgement : rpm::Verdict {
    std::vector<std::string> notes = {}; ///< of one that is good: a key that expired since
};

class Certificates {
public:
    /// Packets of certificates. Kind::input.
    static Result<Certificates> of(const std::string& packets);
    /// Files of certificates, armoured or binary. Kind::environment, Kind::input.
    static Result<Certificates> read(const std::vector<std::string>& paths);
    /// As verify_signature() of lib/rpm, and no signature by a key that is revoked, or that was made outside its key's
    /// time.
    Result<Judgement> verify(const std::string& path) const;
    /// See rpm::Keyring::unusable().
    const std::vector<std::string>& unusable() const { return keyring_.unusable(); }

private:
    Certificates(rpm::Keyring keyring, std::vector<gpg::Validity> validity)
        : keyring_(std::move(keyring)), validity_(std::move(validity))
    {
    }
    std::string expired_since(const rpm::VerifiedSignature& signature) const;
    std::string why_invalid(const rpm::VerifiedSignature& signature) const;
    rpm::Keyring keyring_;
    std::vector<gpg::Validity> validity_;
};

} // namespace albs::sign
