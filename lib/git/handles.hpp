// SPDX-License-Identifier: GPL-3.0-or-later
// libgit2's objects, released when they go, and its last error. Only for the files of this folder.
#pragma once
#include <git2.h>
#include <memory>
#include <string>

namespace albs::git {

template <auto release> struct Releaser {
    template <class T> void operator()(T* object) const { release(object); }
};

using Object = std::unique_ptr<git_object, Releaser<git_object_free>>;
using CommitHandle = std::unique_ptr<git_commit, Releaser<git_commit_free>>;
using TagHandle = std::unique_ptr<git_tag, Releaser<git_tag_free>>;
using TreeHandle = std::unique_ptr<git_tree, Releaser<git_tree_free>>;
using BlobHandle = std::unique_ptr<git_blob, Releaser<git_blob_free>>;
using Walk = std::unique_ptr<git_revwalk, Releaser<git_revwalk_free>>;
using Odb = std::unique_ptr<git_odb, Releaser<git_odb_free>>;
using OdbObject = std::unique_ptr<git_odb_object, Releaser<git_odb_object_free>>;
using RefIterator = std::unique_ptr<git_reference_iterator, Releaser<git_reference_iterator_free>>;

/// Starts libgit2 once, with no configuration but the repository's.
int start();
std::string text_of(const git_oid& id);
/// libgit2's words for what went wrong last in this thread.
std::string last_problem();

} // namespace albs::git
