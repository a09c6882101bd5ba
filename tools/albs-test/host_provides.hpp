// SPDX-License-Identifier: GPL-3.0-or-later
// What this machine offers to packages, as rpm capabilities.
//
// A package of the platform `host` runs on the machine's own libraries and programs, whoever installed them. On a
// machine with an rpm database that knows them all; elsewhere (Debian) each requirement is looked up: what is really
// there is offered, and nothing else.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::test {

class HostProvides {
public:
    /// Those of the requirements ("libz.so.1(ZLIB_1.2.9)(64bit)", "/bin/sh", "perl >= 5.30") that the machine has
    /// something for, as provides: each name once with the version that is there. Whether that version is good enough
    /// is for the solver to say.
    Result<std::vector<std::string>> provides_for(const std::vector<std::string>& requirements);
    /// This machine has an rpm database, which says more than we could find out.
    static bool has_database();

private:
    Status read_libraries();
    Status read_packages();
    std::map<std::string, std::string> libraries_; ///< "64/libz.so.1" to its path
    std::map<std::string, std::string> packages_;  ///< of dpkg: name to version
    bool libraries_read_ = false;
    bool packages_read_ = false;
};

} // namespace albs::test
