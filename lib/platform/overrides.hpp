// SPDX-License-Identifier: GPL-3.0-or-later
// Options by package and branch: ALBS's build_configs.json, albs-platforms(5).
#pragma once
#include <string>
#include <vector>

#include "platform/platform.hpp"

namespace albs::platform {

/// What one package asks for on one branch.
struct Override {
    std::string package;
    std::string branch; ///< glob
    bool secure_boot = false;
    std::vector<std::string> flavors;
    std::vector<std::string> linked; ///< repositories; "123" for the build of a service
    BuildOptions options;
};

class Overrides {
public:
    /// Kind::input for what is not of that form; file is for messages.
    static Result<Overrides> read(const std::string& text, const std::string& file);
    /// The one of the package whose pattern fits the branch with the most literal characters; null if there is none.
    const Override* find(const std::string& package, const std::string& branch) const;

private:
    std::vector<Override> all_;
};

} // namespace albs::platform
