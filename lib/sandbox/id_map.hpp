// SPDX-License-Identifier: GPL-3.0-or-later
// Which users exist in a user namespace: as many as this user may lend, so that files can belong to whom they should,
// and never the machine's root.
#pragma once
#include <string>
#include <sys/types.h>

#include "base/result.hpp"

namespace albs::sandbox {

/// Ids of another name outside: those of the namespace's root.
struct Owner {
    uid_t user = 0;
    gid_t group = 0;
};

/// Where root has no line in subuid(5) and subgid(5), it lends these ids. Beyond what useradd gives to people (up to
/// 600100000), systemd-nspawn to containers (up to 1879048191) and sssd to users of a domain (up to 2000200000), below
/// the ids that systemd keeps for images of others (2147352576), and no negative number to a program that thinks so.
constexpr long long first_id_of_root = 2130706432;
constexpr long long ids_of_root = 65536;

class IdMap {
public:
    /// many: the namespace has root and 65535 others, or as many as subuid(5) and subgid(5) grant; else root alone.
    /// A plain user is root there himself, and the others are his subordinate ids. Root is not: it stands for the
    /// first of the ids that are granted to it, or of the ids above; in a container, where those do not exist, of the
    /// last 65536. Kind::environment if there is no id but root's, or if somebody else may use them.
    static Result<IdMap> of_caller(bool many);

    /// Sets the maps of the namespace that the process made. True if there is more than root: a plain user whose ids
    /// newuidmap(1) does not lend has root alone.
    Result<bool> apply(int process) const;
    /// Whom a file belongs to outside that belongs to this user inside. Only with ids of root's, not of a plain user.
    Owner outside(unsigned inside = 0) const;
    /// Differs where files that were written with one map belong to others with another.
    std::string text() const { return users_ + groups_; }

private:
    std::string users_; ///< "INSIDE OUTSIDE COUNT" lines of user_namespaces(7)
    std::string groups_;
    Owner first_;
};

/// A user or group of a process' namespace is our root, under whatever name. Not if ours is root of nothing: alone in
/// a namespace that a plain user made.
Result<bool> has_our_root(int process);

} // namespace albs::sandbox
