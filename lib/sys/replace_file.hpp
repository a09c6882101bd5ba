// SPDX-License-Identifier: GPL-3.0-or-later
// Files that can be made again from the journal: replaced whole, without the fsync that sys::write_file pays.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace albs::sys {

/// Writes a temporary file beside path (directories are made), which changes places with path, or is renamed over it
/// where there is none or the file system cannot. Readers see the old bytes or the new ones; after a power cut the file
/// may have old bytes, new ones, or be empty or of zeros.
Status replace_file(const std::string& path, std::string_view bytes);
/// Cuts an existing file at offset and writes there.
Status write_at(const std::string& path, std::uint64_t offset, std::string_view bytes);
Status sync_file(const std::string& path);
/// Waits for all that was written to the file system of that directory.
Status sync_file_system(const std::string& directory);
/// At most size bytes from the offset on: fewer where the file ends.
Result<std::string> read_at(int fd, std::uint64_t offset, std::size_t size, const std::string& path);

} // namespace albs::sys
