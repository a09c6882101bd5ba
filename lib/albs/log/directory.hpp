// SPDX-License-Identifier: GPL-3.0-or-later
// A log as a directory: where its resources are, and how they are read.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "albs/log/tile.hpp"

namespace albs {

/// The most bytes that a resource of a log can have, by its path in the log ("tile/0/000"): whoever makes the log is
/// not trusted to send less.
std::size_t max_resource_bytes(const std::string& path);
/// A file of a log that others may have made. Kind::input when it is not there; Kind::trust when it is no regular file
/// (a FIFO would be waited for, a device never ends, a link leads elsewhere) or has more bytes than LIMIT.
Result<std::string> read_log_file(const std::string& path, std::size_t limit);
/// Reads DIRECTORY/PATH as read_log_file().
Fetch fetch_from_directory(std::string directory);

/// "attestations/x000/001.intoto.jsonl": line i is the envelope of entry 256 * number + i, empty when withheld.
std::string attestations_path(std::uint64_t number);
/// The lines of such a file, padded with empty ones to count, cut after them.
std::vector<std::string> attestation_lines(std::string_view text, std::uint64_t count);

} // namespace albs
