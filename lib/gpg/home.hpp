// SPDX-License-Identifier: GPL-3.0-or-later
// A directory of keys and the gpg-agent that guards it, started if need be and stopped again by whoever is last.
#pragma once
#include <memory>
#include <string>

#include "base/result.hpp"

namespace albs::gpg {

/// While an object lives, an agent answers for the directory. An agent that was running before is left alone; one that
/// we started is stopped when the last of our processes that use it is done.
class Home {
public:
    /// directory, else $GNUPGHOME, else ~/.gnupg. Kind::environment if there is none, or no agent can be started.
    static Result<Home> open(const std::string& directory);
    Home(Home&&) noexcept;
    Home& operator=(Home&&) noexcept;
    ~Home();
    const std::string& path() const;
    const std::string& agent_socket() const;

private:
    struct Use;
    explicit Home(std::unique_ptr<Use> use);
    std::unique_ptr<Use> use_;
};

} // namespace albs::gpg
