// SPDX-License-Identifier: GPL-3.0-or-later
// A commit with all its history in one file: a git bundle, as gitformat-bundle(5) and gitformat-pack(5) say, version 2.
// `git clone FILE` reads it.
//
// The same commit gives the same bytes, wherever it came from: every object that can be reached is in it once, whole
// and uncompressed, in the order of the ids. git's own bundles depend on its version and on the number of processors.
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "git/repository.hpp"

namespace albs::git {

/// Kind::input if the history has a gap.
Status write_bundle(const Repository& repository, const std::string& commit, const std::string& file);

/// What write_bundle() puts before the pack: the commit's id and where the pack begins. Kind::input for another file.
struct BundleHead {
    std::string commit;
    std::size_t pack = 0;
};
Result<BundleHead> read_bundle_head(std::string_view bundle);

} // namespace albs::git
