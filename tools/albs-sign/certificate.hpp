// SPDX-License-Identifier: GPL-3.0-or-later
// The keys that `albs-sign verify` accepts: librpm proves signatures by them, GnuPG knows until when they are good.
#pragma once
#include <string>
#include <vector>

#include "gpg/key.hpp"
#include "rpm/verify.hpp"

namespace albs::sign {

class Certificates {
public:
    /// Files of certificates, armoured or binary. Kind::environment, Kind::input.
    static Result<Certificates> read(const std::vector<std::string>& paths);
    /// As verify_signature() of lib/rpm, and no signature by a key that is revoked, or that was made outside its key's
    /// time.
    Result<rpm::Verdict> verify(const std::string& path) const;

private:
    Certificates(rpm::Keyring keyring, std::vector<gpg::Validity> validity)
        : keyring_(std::move(keyring)), validity_(std::move(validity))
    {
    }
    std::string why_invalid(const rpm::VerifiedSignature& signature) const;
    rpm::Keyring keyring_;
    std::vector<gpg::Validity> validity_;
};

} // namespace albs::sign
