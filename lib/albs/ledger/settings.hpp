// SPDX-License-Identifier: GPL-3.0-or-later
// log.json: what a log is. For tools and people; its content counts only where a signature says the same.
#pragma once
#include <string>
#include <vector>

#include "albs/log/note.hpp"
#include "albs/statement/leaf.hpp"
#include "base/result.hpp"

namespace albs {

struct LogSettings {
    std::string origin;
    Profile profile = Profile::rekor;
    std::string created;                     ///< RFC 3339
    std::vector<std::string> vkeys;          ///< the one that signs today first
    std::vector<std::string> statement_keys; ///< SubjectPublicKeyInfo in base64, the one that signs today first

    std::string text() const;
    static Result<LogSettings> parse(std::string_view text);
};

/// TEXT is what log.vkey holds of that key, and the one before it while that signs along.
bool is_vkey_file(const std::string& text, const LogSettings& settings, std::size_t key);
/// Reads DIRECTORY/log.json; Kind::environment with the hint to run init when there is none.
Result<LogSettings> read_log_settings(const std::string& directory);

} // namespace albs
