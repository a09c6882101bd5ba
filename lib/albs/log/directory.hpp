// SPDX-License-Identifier: GPL-3.0-or-later
// A log as a directory: where its resources are, and how they are read.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "albs/log/tile.hpp"

namespace albs {

/// Reads DIRECTORY/PATH, not following symbolic links at its end; Kind::input when it is not there.
Fetch fetch_from_directory(std::string directory);

/// "attestations/x000/001.intoto.jsonl": line i is the envelope of entry 256 * number + i, empty when withheld.
std::string attestations_path(std::uint64_t number);
/// The lines of such a file, padded with empty ones to count, cut after them.
std::vector<std::string> attestation_lines(std::string_view text, std::uint64_t count);

} // namespace albs
