// SPDX-License-Identifier: GPL-3.0-or-later
// The tasks of one platform and one architecture: they are built in order, and those that come later see the packages
// of those that they need.
#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "albs/manifest/manifest.hpp"
#include "order.hpp"
#include "root/solver.hpp"
#include "solve/pool.hpp"
#include "store/workspace.hpp"

namespace albs::build {

/// One of them.
struct Member {
    std::string id;
    std::string source;                       ///< name of the source package
    std::vector<std::string> needs;           ///< BuildRequires
    std::vector<solve::VirtualPackage> makes; ///< what its spec says
    std::vector<Artifact> made;               ///< the packages, where an earlier run built them
    const platform::Platform* own = nullptr;  ///< where it has options of its own
    std::vector<std::string> after = {};      ///< ids of others that are built before it whatever it needs
};

/// What a root lacks that others are going to make. A task that met with that is begun anew.
struct Lack {
    std::vector<std::size_t> waits_for; ///< members
    bool is_of_nobody = false;          ///< nothing is known to make it
    std::string failed;                 ///< why it cannot come: what would make it failed
    bool is_any() const { return is_of_nobody || !waits_for.empty() || !failed.empty(); }
};

class Group {
public:
    Group(const platform::Platform& platform, std::string arch, std::vector<Member> members,
          const store::Workspace& workspace, root::Solver& solver)
        : platform_(platform), arch_(std::move(arch)), members_(std::move(members)), workspace_(workspace),
          solver_(solver), repositories_(members_.size()), states_(members_.size(), State::open)
    {
    }

    /// Two members with a source package of one name are Kind::input: nobody could say whose packages others get.
    Status find_order();
    const Order& order() const { return order_; }
    const std::vector<Member>& members() const { return members_; }

    /// A member came to an end; with packages, they are there for those that need them. Safe to call from several
    /// threads, as is lock().
    Status add(std::size_t member, const std::vector<Artifact>& packages, bool is_ok);

    /// Members that came to no end, but for one.
    std::size_t count_open(std::size_t but) const;

    /// Why a member is not to be built: what it waits for failed. Empty: it can be.
    std::string hindrance(std::size_t member) const;

    /// The text of the lock of a root for a member, as root::Solver::lock(). It sees what it waits for, and what
    /// provides the further needs that its spec asked for while it was built; everything that is built, if there is no
    /// root without that. lack: what others may still make; not looked at if last.
    /// platform: what the member itself is built for, with its own options.
    Result<std::string> lock(std::size_t member, const platform::Platform& platform,
                             const std::vector<std::string>& needs, bool last, Lack& lack);

    /// The lock that such a root had earlier, if all that it waits for is built; nothing is solved.
    Result<std::optional<std::string>> known_lock(std::size_t member, const platform::Platform& platform,
                                                  const std::vector<std::string>& needs);
    /// What a member's root would have, with packages of others as their specs say.
    Result<root::Solved> solve(std::size_t member, const platform::Platform& platform);

private:
    enum class State { open, built, failed };
    /// Whose makers are looked for: of needs beyond those of the spec, of all, of all in whatever is built.
    enum class Look { further, all, all_built };
    /// A lock for a root that sees these; none: there is no such root.
    using Ask = std::function<Result<std::optional<std::string>>(const std::vector<repositories::Repository>& seen)>;

    Result<std::optional<std::string>> ask_in_steps(std::size_t member, const std::vector<std::string>& needs,
                                                    bool last, Lack& lack, const Ask& ask);

    /// What the platform of a member has, with its own options.
    const platform::Platform& platform_of(std::size_t member) const
    {
        return members_[member].own != nullptr ? *members_[member].own : platform_;
    }
    Status look_at_own_options();
    std::vector<std::size_t> open_ones(const std::vector<std::size_t>& members) const;
    Result<std::vector<std::size_t>> makers_of(std::size_t member, const std::vector<std::string>& needs,
                                               bool all_built, Lack& lack);
    Result<std::vector<std::size_t>> wanted_by(std::size_t member, const std::vector<std::string>& needs, Look look,
                                               Lack& lack);
    Result<std::vector<repositories::Repository>> seen_by(const std::vector<std::size_t>& wanted, bool last,
                                                          Lack& lack) const;
    std::vector<repositories::Repository> repositories_of(const std::vector<std::size_t>& members) const;

    const platform::Platform& platform_;
    std::string arch_;
    std::vector<Member> members_;
    const store::Workspace& workspace_;
    root::Solver& solver_;
    OrderQuestion question_;
    Order order_;
    mutable std::mutex mutex_;
    std::vector<std::string> repositories_; ///< of each member, a directory; empty: none yet
    std::vector<State> states_;
    std::map<std::size_t, std::vector<repositories::FuturePackage>> built_; ///< of members that came to an end
};

} // namespace albs::build
