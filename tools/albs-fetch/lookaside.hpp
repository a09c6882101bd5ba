// SPDX-License-Identifier: GPL-3.0-or-later
// The files that git holds only the digest of: got once, checked, kept in the store by their SHA-256.
#pragma once
#include "distgit/layout.hpp"
#include "session.hpp"

namespace albs::fetch {

/// Where files of a source are looked for.
struct LookasidePlace {
    std::string name;                         ///< of the package
    std::string branch;                       ///< empty: none
    std::string url;                          ///< of the repository, for the hint
    std::vector<LookasideFile> recorded = {}; ///< where an earlier run got them: asked last
    std::string cache = {};                   ///< a server of this source alone; empty: none
};

/// Gets what is not in the checkout already and puts it there, with the given time stamp. Kind::usage when a file is
/// needed and no --lookaside was given; Kind::input when no server has it; Kind::trust when its bytes are not what the
/// digest says; Kind::temporary when a server cannot say.
Result<std::vector<LookasideFile>> get_lookaside(Session& session, const LookasidePlace& place,
                                                 const std::string& checkout,
                                                 const std::vector<distgit::Reference>& references, std::int64_t time);

} // namespace albs::fetch
