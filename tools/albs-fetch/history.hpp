// SPDX-License-Identifier: GPL-3.0-or-later
// The history of a commit in the store, for specs that leave release or changelog to rpmautospec.
#pragma once
#include <optional>

#include "distgit/layout.hpp"
#include "git/repository.hpp"
#include "session.hpp"

namespace albs::fetch {

/// A git bundle of the commit (git/bundle.hpp) if the spec file in the tree, or a file beside it, asks for that. The
/// spec is not evaluated. scratch: a directory for what exists only meanwhile.
Result<std::optional<Artifact>> keep_history(Session& session, const git::Repository& repository,
                                             const std::string& commit, const std::string& tree,
                                             const distgit::Layout& layout, const std::string& scratch);

/// The same of what a directory was checked out from, if it is a checkout with a commit.
Result<std::optional<Artifact>> keep_history(Session& session, const std::string& directory, const std::string& tree,
                                             const distgit::Layout& layout, const std::string& scratch);

/// The record of one that is in the store already.
Result<Artifact> stored_history(const Session& session, const std::string& sha256, const std::string& name);

} // namespace albs::fetch
