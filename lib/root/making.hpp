// SPDX-License-Identifier: GPL-3.0-or-later
// A root as the cache has it, DIRECTORY: whole, in tree; or a layer over another root, its base, with what was added in
// layer/tree; or, where nothing was, the base itself. log is what rpm said.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "albs/buildroot/lock.hpp"
#include "base/result.hpp"
#include "sandbox/emulation.hpp"

namespace albs::root {

/// The packages of the lock's base as a lock of their own: the same text for all roots over this base, whichever
/// repositories they were solved from.
std::string lock_of_base(const buildroot::Lock& lock);

/// What a root is a layer over, as its directory records it.
struct Base {
    std::string digest; ///< of its lock
    /// Which making of it: another has the same packages, but other times and inodes, and no layer is over it.
    std::string making;
    bool is_all = false; ///< there is nothing in the layer
};
/// None where the root is whole.
std::optional<Base> base_of(const std::string& directory);
Status record_base(const std::string& directory, const Base& base);

/// That of a whole root; empty for others.
std::string making_of(const std::string& directory);

/// Where its files are, but for those of its base; empty where it has none of its own, or is damaged.
std::string tree_in(const std::string& directory);

struct Making {
    const buildroot::Lock& lock;
    std::string directory; ///< is there
    std::string files;     ///< packages, as of Installation
    sandbox::Emulation emulation;
};
/// The base of the lock first, then the others. Errors as install().
Status make_whole(const Making& work);
/// What the lock has beyond its base, over a whole root of that. Returns why it cannot be one, if the kernel or the
/// file system takes no layers; empty when it is done. Errors as install().
Result<std::string> make_layer(const Making& work, const std::string& base);
/// What is not to stay of one that failed; the log is.
void remove_half(const std::string& directory);

} // namespace albs::root
