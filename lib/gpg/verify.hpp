// SPDX-License-Identifier: GPL-3.0-or-later
// Is this a good signature of one of the keys that I name? GnuPG answers, from a key directory that holds these keys
// and nothing else, so that nobody's web of trust and no key of the machine has a say.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "albs/crypto/openpgp.hpp"
#include "base/result.hpp"
#include "gpg/home.hpp"

namespace albs::gpg {

class Verifier {
public:
    /// certificates: armoured or binary, one or more. Kind::input if GnuPG finds no key in them.
    static Result<Verifier> make(std::string_view certificates);
    /// The fingerprint of the primary key whose good, binary, detached signature over bytes this is. Expired and
    /// revoked keys are not good. Kind::trust otherwise, with GnuPG's reason.
    Result<std::string> verify(std::string_view bytes, std::string_view signature) const;

private:
    Verifier(PublicHome home, std::vector<openpgp::Certificate> certificates)
        : home_(std::move(home)), certificates_(std::move(certificates))
    {
    }
    PublicHome home_;
    std::vector<openpgp::Certificate> certificates_;
};

} // namespace albs::gpg
