// SPDX-License-Identifier: GPL-3.0-or-later
// The platforms and flavors that a run can name: those of --platforms files, and ours behind them.
#pragma once
#include "platform/platform.hpp"

namespace albs::platform {

/// Read by library().read_catalog().
class Catalog {
public:
    /// By name, without regard to case; of several with the name, the last file's, ours only if no file has it.
    /// For the backend "chroot", "host" or "mock"; empty: chroot for a platform that has repositories, host for one
    /// that has none. Kind::usage if there is no such platform, or it has no repositories where they are needed.
    /// has_lock: what a root consists of is known already, so it is chroot unless told, and needs no repositories.
    Result<Platform> platform(const std::string& name, const std::string& backend = "", bool has_lock = false) const;
    Result<Definition> flavor(const std::string& name) const;

private:
    friend class Library;
    const Definition* find(const std::string& name, bool is_platform) const;
    Result<Platform> make(const Definition& definition, const std::string& backend, bool has_lock) const;

    std::vector<Definition> definitions_; ///< in the order of the files, ours last
    std::vector<std::string> known_;      ///< names of our platforms
};

/// The same name but for case (ASCII).
bool same_name(const std::string& a, const std::string& b);

} // namespace albs::platform
