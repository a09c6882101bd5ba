// SPDX-License-Identifier: GPL-3.0-or-later
// `git fetch` into a mirror. Only for the files of this folder.
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "git/location.hpp"

namespace albs::git {

/// How a fetch ended when it did not end well.
enum class Trouble {
    network, ///< may pass
    remote,  ///< the server says no: no such repository, no such ref, no access
    shallow, ///< it went well, but refs are missing: the server's history begins somewhere, and the mirror wants all
    local,   ///< anything else, such as a damaged mirror
};

struct FetchFailure {
    Trouble trouble = Trouble::local;
    std::string line; ///< what git said, without secrets
};

/// Makes an empty bare repository at path, whatever was there.
Status make_mirror(const std::string& path);

/// Runs git fetch with the refspecs; attempts again while the trouble is the network's. Nothing: all went well.
Result<std::vector<FetchFailure>> fetch_refs(const std::string& mirror, const Location& location,
                                             const std::vector<std::string>& refspecs);

} // namespace albs::git
