// SPDX-License-Identifier: GPL-3.0-or-later
// What libgit2 does for us, as sys/module.hpp explains.
#pragma once
#include "git/repository.hpp"

namespace albs::git {

class Library {
public:
    /// A bare repository, whoever owns it. Kind::environment if there is none.
    virtual Result<std::unique_ptr<Repository>> open(const std::string& path) const;
};
const Library& library();

} // namespace albs::git
