// SPDX-License-Identifier: GPL-3.0-or-later
// A user's changes to configuration files, which an upgrade must not lose.
#pragma once
#include <string>
#include <vector>

#include "root.hpp"
#include "rpm/package.hpp"

namespace albs::test {

/// A configuration file that was changed.
struct UserChange {
    std::string path;
    std::string digest; ///< SHA-256 of what it is now
    bool stays = false; ///< %config(noreplace): it is to be used on
};

/// Appends an empty line to every %config file of these packages, which are installed there, as far as root may.
Result<std::vector<UserChange>> change_settings(Root& root, const std::vector<rpm::Package>& packages);

/// What became of the first that is lost: neither where it was nor beside it as .rpmsave, or there although it was
/// %config(noreplace) and there is a new one in its place. Empty: all are there.
Result<std::string> lost_setting(Root& root, const std::vector<UserChange>& settings);

} // namespace albs::test
