// SPDX-License-Identifier: GPL-3.0-or-later
// Debranding: a source tree that is made of the one that was fetched, as a configuration tells. What it depends on is
// in the record, so nothing of it is remembered.
#pragma once
#include "debrand_release.hpp"
#include "lookaside.hpp"
#include "request.hpp"
#include "session.hpp"

namespace albs::fetch {

/// What a debranding depends on beside the files.
struct DebrandInput {
    const Request& request;
    const LookasidePlace& place;         ///< where files are looked for that a changed list names
    std::optional<std::int64_t> time;    ///< source_date_epoch of the record
    std::string ref = {};                ///< as it was asked for: it says of which release of the distribution it is
    std::optional<ImportTags> tags = {}; ///< nothing: there is no repository whose tags could be counted
};

/// Changes the source tree, if there is a configuration for the package: that of --debrand or, without the option, the
/// one that request.recorded was made with. Kind::input, with the line of the configuration, if it is none, or an
/// action finds nothing to do.
Status debrand(Session& session, const DebrandInput& input, FetchedSource& fetched);

} // namespace albs::fetch
