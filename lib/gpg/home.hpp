// SPDX-License-Identifier: GPL-3.0-or-later
// Directories of keys, as gpg sees them: always one of our own, so that nobody's gpg.conf changes what we make, gpg
// leaves nothing in the user's, and starts no agent that would stay.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sys/temporary.hpp"

namespace albs::gpg {

/// A directory for gpg, without secret keys.
class PublicHome {
public:
    /// Without keys.
    static Result<PublicHome> make();
    /// With the keys (v4) of a text or of binary packets, each once; none is no error. Further copies of a key, which
    /// may hold other signatures, are merged by importing the same again: here gpg imports nothing new, because it
    /// would ask an agent about that.
    static Result<PublicHome> with(std::string_view keys);
    /// With the public keys of the user: those of directory, else of $GNUPGHOME, else of ~/.gnupg. Kind::environment if
    /// there is none.
    static Result<PublicHome> of_user(const std::string& directory);
    const std::string& path() const { return home_.path(); }
    /// The user's directory; empty: there is none.
    const std::string& of() const { return of_; }

private:
    explicit PublicHome(sys::TemporaryDirectory home) : home_(std::move(home)) {}
    sys::TemporaryDirectory home_;
    std::string of_;
};

/// A user's keys and an agent for the secret ones. An agent that runs already is used. Else there is one of our own as
/// long as the object, which nobody else sees.
class Home {
public:
    /// directory as in PublicHome::of_user(). Kind::environment, too, if no agent can be started.
    static Result<Home> open(const std::string& directory);
    Home(Home&&) noexcept;
    Home& operator=(Home&&) noexcept;
    ~Home();
    const PublicHome& keys() const;
    /// Of all agents that can be asked; the first is there from the beginning.
    const std::vector<std::string>& agent_sockets() const;
    /// So many agents of our own more: one makes one RSA signature at a time. Kind::environment if one cannot be
    /// started.
    Status add_agents(std::size_t count);

private:
    struct Use;
    explicit Home(std::unique_ptr<Use> use);
    std::unique_ptr<Use> use_;
};

} // namespace albs::gpg
