// SPDX-License-Identifier: GPL-3.0-or-later
// The packages of a lock become a directory tree.
#pragma once
#include <string>

#include "albs/buildroot/lock.hpp"
#include "base/result.hpp"
#include "sandbox/emulation.hpp"

namespace albs::root {

struct Installation {
    const buildroot::Lock& lock;
    std::string packages; ///< directory with sha256/ab/DIGEST
    std::string tree;     ///< empty directory
    std::string log;      ///< what rpm said
    sandbox::Emulation emulation = {}; ///< how scriptlets run
};

/// Every package file is there and is, to the byte, what the lock says. Kind::input if one is missing, Kind::trust if
/// it is another.
Status check_packages(const Installation& work);

/// Installs them with this machine's rpm in the sandbox: its scriptlets see the tree, and around it nothing but the
/// machine's toolchain, read-only; no network, no secrets. Files belong to the ids of namespaces of this user. Adds the
/// user that builds run as. Kind::environment if this user has no ids for that, or if what is installed afterwards
/// is not what the lock says.
Status install(const Installation& work);

} // namespace albs::root
