// SPDX-License-Identifier: GPL-3.0-or-later
// A repository given with --repo: a tree on this machine, or one behind HTTP whose files come into the workspace.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "albs/json/value.hpp"
#include "base/result.hpp"

namespace albs::test {

class PackageSource {
public:
    /// url: http://, https://, file:// or a path; $basearch and $arch in it become the architecture. cache is a
    /// directory of the workspace for what is downloaded. Kind::usage for another scheme.
    static Result<PackageSource> make(const std::string& url, const std::string& cache);

    /// Brings the metadata for an architecture here. Before the others.
    Status open(const std::string& arch);
    const std::string& name() const { return url_; }
    /// Where repodata/ is, on this machine.
    std::string tree(const std::string& arch) const;
    /// The package at that place of the tree, checked against the digest that the metadata has for it.
    Result<std::string> package(const std::string& location, const std::optional<std::string>& sha256) const;
    /// Digest of repomd.xml: which state of the repository this is.
    Result<std::string> state(const std::string& arch) const;

private:
    std::string url_for(const std::string& arch) const;
    bool is_remote() const;
    std::string url_;   ///< as it was given
    std::string place_; ///< URL or absolute path
    std::string cache_;
    std::string opened_; ///< architecture
};

} // namespace albs::test
