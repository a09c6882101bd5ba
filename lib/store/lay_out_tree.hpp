// SPDX-License-Identifier: GPL-3.0-or-later
// A source tree from the store, as a directory.
#pragma once
#include <cstdint>
#include <string>
#include <sys/types.h>

#include "albs/manifest/source_tree.hpp"
#include "store/store.hpp"

namespace albs::store {

/// The tree of an artifact. Kind::input if the store lacks it or it is none.
Result<SourceTree> stored_tree(const Store& store, const std::string& sha256);

/// A directory of that mode, whatever the umask: the sandbox does not run as the one that made it. Made if need be, and
/// those above it.
Status make_directory(const std::string& path, mode_t mode = 0755);

/// Copies every file into the empty directory: modes 0755 and 0644, all times the given one. Errors are those of the
/// store.
Status lay_out_tree(const Store& store, const SourceTree& tree, const std::string& directory, std::int64_t time);
/// The same of one file.
Status lay_out_file(const Store& store, const SourceFile& file, const std::string& directory, std::int64_t time);

} // namespace albs::store
