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
    std::string key;                        ///< what the template calls it
    std::string name;                       ///< of the package; mostly the same
    std::string repository;                 ///< URL of its git repository
    std::string ref;                        ///< in it
    std::string cache;                      ///< URL of its lookaside server
    std::int64_t buildorder = 0;            ///< lower ones are built first
    std::vector<std::string> buildafter;    ///< keys of components that are built before it
    std::vector<std::string> arches = {};   ///< that it is built for; empty: all
    std::vector<std::string> multilib = {}; ///< whose streams have its 32-bit packages, too
    bool buildonly = false;                 ///< its packages are for the other components, and not in the stream
    bool buildroot = false;      ///< what is built after it has the packages of the profile buildroot in its root
    bool srpm_buildroot = false; ///< the same for source packages and the profile srpm-buildroot
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
