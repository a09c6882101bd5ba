// SPDX-License-Identifier: GPL-3.0-or-later
// Private-key operations, asked of gpg-agent over its socket: the key never leaves it, whether file, card or token.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"
#include "gpg/home.hpp"
#include "gpg/key.hpp"

namespace albs::gpg {

/// One connection; for one thread at a time.
class Agent {
public:
    /// To the first agent of the directory, or to a further one (Home::add_agents).
    static Result<Agent> connect(const Home& home, std::size_t which = 0);
    Agent(Agent&&) noexcept;
    Agent& operator=(Agent&&) noexcept;
    ~Agent();
    /// It can use the secret key of that keygrip, though it may ask for a passphrase or a card.
    Result<bool> has(const std::string& keygrip);
    /// The secret key lies in a file, without a passphrase: any number of agents can use it, and none asks anybody.
    Result<bool> is_unprotected(const std::string& keygrip);
    /// The numbers of the signature over a SHA-256 digest: one for RSA, r and s for the others. Kind::environment when
    /// the agent refuses (no passphrase, no card).
    Result<std::vector<Bytes>> sign(const SigningKey& key, const Digest& digest);

private:
    struct Connection;
    explicit Agent(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

} // namespace albs::gpg
