// SPDX-License-Identifier: GPL-3.0-or-later
// What is installed on this machine, as its own package manager names it.
#pragma once
#include <compare>
#include <string>

namespace albs::platform {

struct Installed {
    std::string name;
    std::string version; ///< with epoch and release, as the package manager writes it
    std::string arch;    ///< in its words: "amd64" where dpkg is
    auto operator<=>(const Installed&) const = default;
};

} // namespace albs::platform
