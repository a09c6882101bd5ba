// SPDX-License-Identifier: GPL-3.0-or-later
// Debranding: a source tree that is made of the one that was fetched, as a configuration tells. It depends on these two
// and on nothing else, so nothing of it is remembered.
#pragma once
#include "lookaside.hpp"
#include "request.hpp"
#include "session.hpp"

namespace albs::fetch {

/// Changes the source tree, if there is a configuration for the package: that of --debrand or, without the option, the
/// one that request.recorded was made with. place: where files are looked for that a changed list names. time: what
/// scripts are told that it is, the commit's. Kind::input, with the line of the configuration, if it is none, or an
/// action finds nothing to do.
Status debrand(Session& session, const Request& request, const LookasidePlace& place, std::int64_t time,
               FetchedSource& fetched);

} // namespace albs::fetch
