// SPDX-License-Identifier: GPL-3.0-or-later
// From a checkout with all its files to a source tree in the store.
#pragma once
#include "session.hpp"

namespace albs::fetch {

/// Moves every file below directory into the store, and makes the artifact that lists them. lookaside: files whose
/// digests are known. The directory is of no use afterwards. Kind::input for a name that is no UTF-8.
Result<Artifact> store_tree(Session& session, const std::string& directory, const std::string& name,
                            const std::vector<LookasideFile>& lookaside);
/// Whether a JSON string and a message can hold the name of a file: UTF-8 without control characters.
bool is_plain_name(const std::string& name);
/// The record of such a list of files.
Artifact tree_artifact(const std::string& name, const std::string& sha256, std::int64_t size);

} // namespace albs::fetch
