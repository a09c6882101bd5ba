// SPDX-License-Identifier: GPL-3.0-or-later
// What a file was made from: who withdraws a commit or an unsigned package withdraws what was made from it.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "albs/manifest/manifest.hpp"

namespace albs {

/// Made once from a manifest, which must outlive it and must not change.
class Lineage {
public:
    explicit Lineage(const Manifest& manifest);
    /// The artifact's own digest, that of the file before it was signed, and the source packages, source trees and
    /// commits that both were made from.
    std::vector<std::string> of(const Artifact& artifact) const;
    /// The same, of a digest that may be no artifact of the manifest.
    std::vector<std::string> of(const std::string& digest) const;

    /// Of a source: its tree, the source package that it came as, its commit; what there is.
    static std::vector<std::string> of_source(const Source& source);

private:
    const Manifest& manifest_;
    std::unordered_map<std::string_view, const Source*> by_content_;
};

} // namespace albs
