// SPDX-License-Identifier: GPL-3.0-or-later
// OpenPGP signatures with SHA-256 over files, detached or clear, and over anything else that was hashed.
//
// The time inside a signature is an argument, never the clock: the same key, bytes and time give the same signature
// (RSA, Ed25519 and, in libgcrypt, DSA are deterministic).
#pragma once
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "albs/crypto/openpgp.hpp"
#include "base/digest.hpp"
#include "gpg/agent.hpp"
#include "gpg/signing_command.hpp"

namespace albs::gpg {

/// A key that is ready to sign, from any number of threads.
class Signer {
public:
    /// gnupghome empty: $GNUPGHOME or ~/.gnupg. Errors as find_signing_key().
    /// parallel: how many signatures are wanted at a time. For so many there is an agent each, where one agent makes
    /// one at a time (RSA) and others can use the key as well.
    static Result<Signer> open(const std::string& fingerprint, const std::string& gnupghome, std::size_t parallel = 1);
    /// Of a key that lives elsewhere: COMMAND makes the signatures. Nobody has verified them.
    static Result<Signer> through(std::shared_ptr<SigningCommand> command, const std::string& fingerprint,
                                  const std::string& gnupghome);
    const SigningKey& key() const { return key_; }
    /// Not before the key was made: verifiers refuse that. A build may well be older than the key.
    std::int64_t time_for(std::int64_t wanted) const { return wanted < key_.created ? key_.created : wanted; }

    /// The binary signature packet over what data was fed (SHA-256); data is spent. created: seconds since 1970.
    Result<Bytes> sign(Hasher data, std::int64_t created,
                       openpgp::SignatureType type = openpgp::SignatureType::binary) const;
    /// An armoured detached signature ("repomd.xml.asc").
    Result<std::string> detach(std::string_view bytes, std::int64_t created) const;
    Result<std::string> detach_file(const std::string& path, std::int64_t created) const;
    /// The text with the signature below it (cleartext signature framework, RFC 4880 §7). A last line without its end
    /// gets one; trailing white space of lines is kept but not signed, as the standard wants.
    Result<std::string> clear(std::string_view text, std::int64_t created) const;

private:
    Signer(std::unique_ptr<Home> home, std::shared_ptr<SigningCommand> command, SigningKey key);
    Result<std::vector<Bytes>> numbers_for(const Digest& digest) const;
    Result<Agent> take() const;
    void give_back(Agent agent) const;
    std::unique_ptr<Home> home_; ///< null where there is a command
    std::shared_ptr<SigningCommand> command_;
    SigningKey key_;
    struct Idle {
        std::mutex mutex;
        std::vector<Agent> agents;
        std::size_t connected = 0; ///< so far
    };
    std::unique_ptr<Idle> idle_; ///< connections between two signatures; gone before the agent is stopped
};

} // namespace albs::gpg
