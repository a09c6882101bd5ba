// SPDX-License-Identifier: GPL-3.0-or-later
// Who may sign what: the keys of one run. Everything that is accepted here was verified against the
// allowed certificates and no others; a fingerprint in a record is never enough.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace albs::release {

struct Certificate {
    std::string fingerprint; ///< of the primary key, upper-case hex
    std::string armored;
};

class Keys {
public:
    /// From a key directory: the key that signs, and those that are allowed (none: that key). The secret key is not
    /// touched before the first sign().
    static Result<Keys> open(const std::string& gnupghome, const std::string& key,
                             const std::vector<std::string>& allowed);
    /// Only to verify: armoured or binary certificates, one after the other.
    static Result<Keys> from_certificates(const std::string& certificates);

    const std::string& key() const { return own_.fingerprint; } ///< the primary key of the one that signs
    const Certificate& own() const { return own_; }
    const std::vector<Certificate>& allowed() const { return allowed_; }
    /// The allowed certificate that has this key or subkey; null if there is none.
    const Certificate* find(std::string_view fingerprint) const;

    /// Armoured detached signature, dated time (seconds since 1970), or when the key was made if that is later.
    Result<std::string> sign(std::string_view bytes, std::int64_t time) const;
    /// The fingerprint of the allowed key whose good signature this is. Kind::trust when it is none's.
    Result<std::string> verify(std::string_view bytes, std::string_view signature, std::string_view subject) const;
    /// The package's digests hold, it is signed, and all its signatures are by allowed keys. Kind::trust otherwise. The
    /// fingerprint of the primary key that signed.
    Result<std::string> verify_package(const std::string& path) const;

private:
    struct State;
    static Result<Keys> with(std::vector<Certificate> allowed);
    std::string gnupghome_;
    std::string asked_; ///< the fingerprint as it was given: it may name a subkey
    Certificate own_;
    std::vector<Certificate> allowed_;
    std::shared_ptr<State> state_;
};

} // namespace albs::release
