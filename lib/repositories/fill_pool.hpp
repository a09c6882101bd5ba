// SPDX-License-Identifier: GPL-3.0-or-later
// One pool of what several repositories have.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "repositories/resolve.hpp"

namespace albs::repositories {

/// Adds a repository. Its metadata is parsed once; libsolv's form of it is kept beside it. filelists: all paths are
/// wanted, not only those that the primary metadata names.
Status load_into(solve::Pool& pool, const SyncedRepository& from, const std::string& arch, bool filelists,
                 const Settings& settings);

/// All module streams of the metadata of all repositories.
Result<modules::Document> module_document(const std::vector<SyncedRepository>& repositories, const Settings& settings);

/// The streams that are active for the question, of the metadata of all repositories.
Result<StreamChoice> modules_of(const std::vector<SyncedRepository>& repositories, const RootQuery& question,
                                const Settings& settings);

/// All repositories, with what they exclude and what belongs to other streams hidden.
Result<std::unique_ptr<solve::Pool>> fill_pool(const std::vector<SyncedRepository>& repositories,
                                               const RootQuery& question, const StreamChoice& streams, bool filelists,
                                               const Settings& settings);

/// NAME of "NAME-VERSION-RELEASE.src.rpm"; empty if that is none.
std::string source_name(const std::string& file);

/// Packages that are yet to come, in future_repository, each with its number there.
Result<std::vector<solve::PackageId>> add_future(solve::Pool& pool, const std::vector<FuturePackage>& future);

} // namespace albs::repositories
