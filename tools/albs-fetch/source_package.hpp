// SPDX-License-Identifier: GPL-3.0-or-later
// From a checkout with all its files to a source package: rpmbuild -bs in the sandbox, since a spec runs code.
#pragma once
#include "distgit/layout.hpp"
#include "rpm/package.hpp"
#include "session.hpp"

namespace albs::fetch {

struct SourceRecipe {
    const distgit::Layout& layout;
    const std::string& tree;        ///< the checkout on this machine
    std::int64_t time = 0;          ///< of the package and of all files in it
    const std::vector<LookasideFile>& lookaside; ///< digests that are known already
};

struct NewSourcePackage {
    Artifact artifact; ///< in the store
    rpm::Package package;
};

/// The same checkout, time and platform give the same bytes, whoever makes them wherever with the same rpm: owner,
/// host, times and target are fixed. Every file in the package is compared with the checkout. What was made once from
/// the same key (see recipe_key) is taken from the store. Kind::input, with the spec's line, for a spec that does not
/// parse or names a file that is not there.
Result<NewSourcePackage> make_source_package(Session& session, const SourceRecipe& recipe, const std::string& key);

/// Names all that the bytes depend on: content (a commit, say), spec, time, lookaside files, platform.
std::string source_recipe_key(const Session& session, const SourceRecipe& recipe, const std::string& content);

/// The build time that users of rpm expect (source_date_epoch_from_changelog): midnight of the newest changelog entry,
/// else fallback. Seconds since 1970.
std::int64_t source_date_epoch(const rpm::Package& package, std::int64_t fallback);

/// Its payload is what its header says. Kind::trust.
Status check_payload(const std::string& path, const RpmInfo& info);

} // namespace albs::fetch
