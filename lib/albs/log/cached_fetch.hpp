// SPDX-License-Identifier: GPL-3.0-or-later
// What was read of a remote log, kept on this machine so that the next look fetches only what is new.
#pragma once
#include <string>

#include "albs/log/tile.hpp"
#include "base/result.hpp"

namespace albs {

/// Where logs are kept: $XDG_CACHE_HOME/albs/logs, else $HOME/.cache/albs/logs. Empty when neither is set: nothing is
/// kept then.
std::string log_cache_directory();

/// Full tiles, full bundles of entries and full files of statements come from the directory when they are there, and go
/// there when they are fetched: what these names stand for never changes. Everything else is fetched each time. A file
/// that is damaged is fetched anew. A directory that cannot be written keeps nothing, which is no error.
///
/// The directory is not believed: whoever reads a log authenticates what it gets, from wherever it comes, and asks for
/// it anew (Fetch::anew) before it says that the log is false.
Fetch cached_fetch(Fetch remote, const std::string& directory);

} // namespace albs
