// SPDX-License-Identifier: GPL-3.0-or-later
// The packages of a lock become a directory tree, in one transaction of rpm or in two.
#pragma once
#include <cstddef>
#include <span>
#include <string>

#include "albs/buildroot/lock.hpp"
#include "base/result.hpp"
#include "sandbox/emulation.hpp"
#include "sandbox/view.hpp"

namespace albs::root {

/// One transaction.
struct Installation {
    std::span<const buildroot::LockedPackage> packages; ///< that the root has afterwards
    std::string files;                                  ///< directory with sha256/ab/DIGEST
    std::string log;                                    ///< what rpm said; more is added to it
    sandbox::Emulation emulation = {};                  ///< how scriptlets run
    std::size_t there = 0;                              ///< how many of the packages, the first, are installed already
    std::string database = "/var/lib/rpm";              ///< where these left rpm's database
};

/// Installs them with this machine's rpm in the sandbox: its scriptlets see the tree, and around it nothing but the
/// machine's toolchain, read-only; no network, no secrets. Files belong to the ids of namespaces of this user. Adds the
/// user that builds run as. Returns where rpm's database is. Before that, each package file is checked to be there
/// (else Kind::input) and to be what the lock says, to the byte (else Kind::trust). Kind::environment if this user has
/// no ids for that, or if what is installed afterwards is not what the lock says.
Result<std::string> install(const Installation& work, const std::string& tree);
/// The same into a view of what there is already (View::of_layer()).
Result<std::string> install(const Installation& work, const sandbox::View& view);

} // namespace albs::root
