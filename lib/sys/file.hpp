// SPDX-License-Identifier: GPL-3.0-or-later
// Files: whole reads, writes that are there completely or not at all, links, trees.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace albs::sys {

/// The whole of what open_readable() opens; Kind::environment if it cannot be read, Kind::input if it is larger than
/// limit (bytes).
Result<std::string> read_file(const std::string& path, std::size_t limit = std::size_t{1} << 31);
/// To the end of the stream; subject is for the message.
Result<std::string> read_all(int fd, std::string_view subject, std::size_t limit = std::size_t{1} << 31);
/// 0, or the errno of the write(2) that failed.
int write_bytes(int fd, std::string_view bytes);
Status write_all(int fd, std::string_view bytes, std::string_view subject);

/// Writes a temporary file beside path, fsyncs it, renames it over path and fsyncs the directory: path holds the old
/// bytes or the new ones, also after a crash. mode is exact (the umask does not apply). What is neither a file nor a
/// directory (/dev/null, a FIFO) is written to as it is.
Status write_file(const std::string& path, std::string_view bytes, unsigned mode = 0644);
/// As write_file, for what can be made again: nobody waits for the disk. After a crash of the machine path may be empty
/// or cut short, so its reader has to tell.
Status write_cache(const std::string& path, std::string_view bytes, unsigned mode = 0644);
/// As write_file, for the FILE of -o: a new file's mode follows the umask, an old one keeps its mode, what a symbolic
/// link points to is replaced and not the link, and a device or a pipe is written to.
Status write_output(const std::string& path, std::string_view bytes);
/// As write_file, for bytes that another program wrote: fsync, rename, fsync of the directory.
Status rename_durably(const std::string& from, const std::string& to);
Status sync_directory(const std::string& path);

bool exists(const std::string& path); ///< lstat finds it
bool is_directory(const std::string& path);
/// mkdir -p.
Status make_directories(const std::string& path);
/// rm -rf, not following symbolic links; a missing path is fine.
Status remove_tree(const std::string& path);
/// Hard link, or a copy where the file system cannot; replaces to.
Status link_or_copy(const std::string& from, const std::string& to);
Status copy_file(const std::string& from, const std::string& to);
/// Names in a directory, sorted, without "." and "..".
Result<std::vector<std::string>> list_directory(const std::string& path);
/// Every regular file below path, relative to it, sorted.
Result<std::vector<std::string>> list_tree(const std::string& path);
Result<std::string> absolute_path(const std::string& path);
std::string base_name(std::string_view path);
std::string directory_name(std::string_view path);

} // namespace albs::sys
