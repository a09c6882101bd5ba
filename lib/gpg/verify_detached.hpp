// SPDX-License-Identifier: GPL-3.0-or-later
// The verdict on a detached OpenPGP signature against named keys, and no others: neither the user's keyring nor a key
// server has a say.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "albs/manifest/records.hpp"
#include "base/result.hpp"

namespace albs::gpg {

/// Public keys from a file, in a key directory of their own that goes with the object. For any number of threads.
class Keyring {
public:
    /// Armoured or binary public keys (`gpg --export`). Errors as of sys::read_given(); Kind::input if no key is in it.
    static Result<Keyring> load(const std::string& file);
    Keyring(Keyring&&) noexcept;
    Keyring& operator=(Keyring&&) noexcept;
    ~Keyring();

    /// Status good, bad, unknown-key, expired-key or revoked-key, with the fingerprint (upper case) of the primary key
    /// and its user id where the key is known. Something that is no OpenPGP signature is unknown-key: nobody here can
    /// vouch for it. Of several signatures a bad one counts first, then a good one.
    Result<SourceSignature> verify(std::string_view signature, std::string_view text) const;
    /// The same of a file of any size.
    Result<SourceSignature> verify_file(std::string_view signature, const std::string& path) const;

private:
    struct State;
    explicit Keyring(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace albs::gpg
