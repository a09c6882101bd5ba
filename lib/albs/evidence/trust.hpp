// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a verifier trusts.
#pragma once
#include <string>
#include <vector>

#include "albs/log/note.hpp"
#include "base/result.hpp"

namespace albs {

/// One log, by its verifier keys (C2SP signed-note), which hold its origin: at least one, several when the log changed
/// its key.
struct LogTrust {
    std::vector<Vkey> keys;
};
/// Reads a `log.vkey` file (one line for each key). Kind::environment if it cannot be read, Kind::input if it is no
/// key.
Result<LogTrust> read_log_trust(const std::string& path);

} // namespace albs
