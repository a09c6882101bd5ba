// SPDX-License-Identifier: GPL-3.0-or-later
// Files of other packages, which a package must leave alone.
#pragma once
#include <map>
#include <string>

#include "base_root.hpp"
#include "root.hpp"

namespace albs::test {

/// Whose the files of a root are.
class Owners {
public:
    /// Of the packages that the platform's root is made of; none for a view of this machine.
    static Result<Owners> of(const BaseRoot& base);
    /// The name of the package that has the path as a file which is no setting (%config) and no ghost; empty: none.
    std::string owner(const std::string& path) const;
    bool is_known() const { return is_known_; }

private:
    std::map<std::string, std::string> owners_; ///< by path
    bool is_known_ = false;
};

/// What is wrong with the first file of another package that changed between two looks at a root: "'/usr/bin/true' of
/// coreutils is gone". Of a view of this machine, where nobody knows whose they are, only what is gone from /usr
/// counts. own: name of the package that was installed meanwhile.
std::string harm_to_others(const BaseChanges& before, const BaseChanges& after, const Owners& owners,
                           const std::string& own);

} // namespace albs::test
