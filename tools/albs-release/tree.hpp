// SPDX-License-Identifier: GPL-3.0-or-later
// A published tree as it is read: DIR/ARCH/os, DIR/ARCH/debug, DIR/source, each a repository of its own.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "history.hpp"
#include "keys.hpp"
#include "repo/generations.hpp"
#include "repo/metadata.hpp"

namespace albs::release {

struct Repository {
    std::string path;
    std::string repomd_sha256;
    std::string key; ///< fingerprint that signed repomd.xml
    repo::Repomd repomd;
    std::vector<repo::ListedPackage> packages;
    std::unordered_map<std::string, std::size_t> places; ///< in packages, by SHA-256
    /// Null when it is not there.
    const repo::ListedPackage* find(const std::string& sha256) const;
};

struct Tree {
    std::string path;                               ///< empty: there is no tree yet
    std::map<std::string, Repository> repositories; ///< by name: "x86_64/os", "x86_64/debug", "source"
    std::optional<History> history;
};

/// Reads what a directory holds and accepts only what is signed by an allowed key: repomd.xml, the files that
/// it lists, release.json. Kind::trust for anything unsigned or changed. Package files are not read.
Result<Tree> read_tree(const std::string& path, const Keys& keys);
/// The tree that is served now; an empty one when there is none.
Result<Tree> read_tree(const repo::Generations& generations, const Keys& keys);

/// "ARCH/os", "ARCH/debug" or "source": where a package belongs; noarch packages belong to every one of arches.
std::vector<std::string> repositories_for(const RpmInfo& package, const std::vector<std::string>& arches);
/// "Packages/h/hello-2.12.1-1.x86_64.rpm"
std::string location_for(const RpmInfo& package);
/// The architectures of a tree's repositories.
std::vector<std::string> arches_of(const Tree& tree);

} // namespace albs::release
