// SPDX-License-Identifier: GPL-3.0-or-later
// One content under several names is one artifact: an image that is published under two, or two empty files.
#pragma once
#include "albs/json/value.hpp"

namespace albs {

/// Adds MORE, a name or a list of names, to the names of an artifact, unless it has them. Says whether that is news.
bool add_names(Json& artifact, const Json& more);

} // namespace albs
