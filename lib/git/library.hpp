// SPDX-License-Identifier: GPL-3.0-or-later
// What libgit2 does for us, as sys/module.hpp explains.
#pragma once
#include "git/repository.hpp"

namespace albs::git {

class Library {
public:
    /// A bare repository, whoever owns it. Kind::environment if there is none.
    virtual Result<std::unique_ptr<Repository>> open(const std::string& path) const;
    /// Makes a repository in the directory, which has no .git yet, of a bundle (git/bundle.hpp): its objects, each
    /// checked, and the index; HEAD is its commit, whose id is returned. Files are not checked out. Kind::input for
    /// another bundle, or one whose history has a gap.
    virtual Result<std::string> restore(const std::string& bundle, const std::string& directory) const;
};
const Library& library();

} // namespace albs::git
