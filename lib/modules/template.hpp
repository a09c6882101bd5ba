// SPDX-License-Identifier: GPL-3.0-or-later
// Module templates: what a packager writes of a stream before it is built (modulemd-packager v2 and v3, modulemd v2).
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::modules {

/// A package that is built for the stream. Empty texts: the template does not say.
struct Component {
    std::string key;                     ///< what the template calls it
    std::string name;                    ///< of the package; mostly the same
    std::string repository;              ///< URL of its git repository
    std::string ref;                     ///< in it
    std::string cache;                   ///< URL of its lookaside server
    std::int64_t buildorder = 0;         ///< lower ones are built first
    std::vector<std::string> buildafter; ///< keys of components that are built before it
};

struct Template {
    std::string name;                  ///< of the module; empty: the template does not say
    std::string stream;                ///< the same
    std::vector<Component> components; ///< in an order in which they can be built
    std::vector<std::string> modules;  ///< other modules that it wants to be built as parts of it
};

/// Sorted by buildorder, then by name, each behind what it is built after. Kind::input when that goes in a circle, or
/// names what is not there.
Result<std::vector<Component>> in_build_order(std::vector<Component> components);

} // namespace albs::modules
