// SPDX-License-Identifier: GPL-3.0-or-later
// The three kinds of source.
#pragma once
#include "distgit/layout.hpp"
#include "request.hpp"
#include "session.hpp"
#include "sys/file_lock.hpp"
#include "sys/temporary.hpp"

namespace albs::fetch {

/// A dist-git repository at a commit. Kind::input: no such ref, file or spec; Kind::trust: a digest or signature does
/// not hold; Kind::temporary: the network.
Result<FetchedSource> fetch_git(Session& session, const Request& request);
/// A dist-git checkout as it lies there, committed or not. Its bytes depend on its files only, not on their times.
Result<FetchedSource> fetch_directory(Session& session, const Request& request);
/// A source package that somebody else made, from a file or URL.
Result<FetchedSource> fetch_srpm(Session& session, const Request& request);

/// A source of a manifest, exactly that again. What came from this machine (a directory, a source package from a file)
/// is taken from the store; Kind::input if it is not there. Kind::trust when something else comes out.
Result<FetchedSource> fetch_again(Session& session, const Request& request);

/// What all lists of lookaside files in a checkout name, and its Git LFS pointers, which are removed from it.
Result<distgit::References> references_in(const std::string& tree, const distgit::Layout& layout);

/// A place for one source's files, in the workspace so that moving into the store is a rename.
Result<sys::TemporaryDirectory> scratch(Session& session);
/// To be held while such places are used. Removes what killed runs left, if nobody else is at work.
Result<sys::FileLock> hold_scratch(const store::Workspace& workspace);

} // namespace albs::fetch
