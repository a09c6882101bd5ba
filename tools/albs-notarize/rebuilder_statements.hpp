// SPDX-License-Identifier: GPL-3.0-or-later
// What rebuilders said of files: in manifests, and in logs that are read whole.
#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "albs/evidence/verify.hpp"
#include "albs/log/policy.hpp"
#include "albs/log/view.hpp"
#include "albs/manifest/manifest.hpp"
#include "albs/statement/rebuilder_results.hpp"
#include "albs/statement/status.hpp"

namespace albs::notarize {

/// Of the keys of the policy's rebuilders, each entry of a log once, and the changes of status beside them.
class RebuilderStatements {
public:
    explicit RebuilderStatements(const Policy& policy) : policy_(policy) {}
    /// Every statement of the log. Returns how many are withheld. Kind::trust for one that is not its entry's.
    Result<std::uint64_t> add_log(LogView& log);
    /// The notarizations of the manifest. Kind::trust for one that does not hold, or is not what its record says.
    Status add_manifest(const Manifest& manifest, CheckpointCache& checkpoints);

    const std::vector<RebuildStatement>& all() const { return statements_; }
    /// The log of the statement says last of one of its files that it is revoked or superseded.
    bool is_withdrawn(const RebuildStatement& statement) const;
    /// How many notarizations of manifests none of the policy's logs has signed.
    std::size_t unproved() const { return unproved_; }

private:
    using Place = std::pair<std::string, std::uint64_t>; ///< log and index
    void add(RebuildStatement statement);
    void add_change(const std::string& log, const StatusChange& change, bool is_accepted);
    const Policy& policy_;
    std::vector<RebuildStatement> statements_;
    std::set<Place> places_;
    std::map<std::pair<std::string, std::string>, StatusChange> changes_; ///< the last, by log and digest
    std::size_t unproved_ = 0;
};

} // namespace albs::notarize
