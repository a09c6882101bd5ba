// SPDX-License-Identifier: GPL-3.0-or-later
// The lock of a buildroot, albs-buildroot(5): exactly which packages a root consists of, by digest, in the order in
// which they are installed. It needs no URL: whoever has the bytes can make the root, now or in ten years.
#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::buildroot {

struct LockedPackage {
    std::string name;
    std::optional<std::int64_t> epoch;
    std::string version;
    std::string release;
    std::string arch;
    std::string nevra;                 ///< NAME-[EPOCH:]VERSION-RELEASE.ARCH
    std::string sha256;                ///< of the file
    std::int64_t size = 0;             ///< of the file, bytes
    std::optional<std::string> header; ///< SHA-256 of the header, which signing does not change; null: not fetched yet
    /// Where it was found: hints for whoever lacks the bytes, not part of what the root is.
    std::optional<std::string> repository;
    std::optional<std::string> path; ///< below the repository
};

/// A state of a repository that was looked at.
struct LockedRepository {
    std::string name;
    std::string revision;           ///< as repomd.xml says
    std::string repomd;             ///< SHA-256 of repomd.xml
    std::optional<std::string> key; ///< fingerprint of the key that signed it; null: not signed or not asked
};

struct Lock {
    std::string platform;
    std::string arch;                  ///< of the root
    std::vector<LockedRepository> repositories;
    std::vector<std::string> modules;  ///< streams that were active: "NAME:STREAM:VERSION:CONTEXT"
    /// So many of the packages, from the first, are what every root of the platform has. They are installed first, in a
    /// transaction of rpm of their own. 0: all packages are installed in one.
    std::size_t base = 0;
    std::vector<LockedPackage> packages; ///< in installation order
};

/// A package that is installed on this machine, as its own package manager names it.
struct HostPackage {
    std::string name;
    std::string version; ///< with epoch and release, as the package manager writes it
    std::string arch;    ///< in its words: "amd64" where dpkg is
    auto operator<=>(const HostPackage&) const = default;
};

/// The document, indented, with a newline at its end: the same lock gives the same bytes.
std::string write_lock(const Lock& lock);
/// The lock of a host, which only says what its toolchain consisted of.
std::string write_host_lock(const std::string& platform, const std::vector<HostPackage>& packages);
/// Kind::input for what is no lock of packages by digest (the lock of a host names its packages only).
Result<Lock> read_lock(const std::string& text);

} // namespace albs::buildroot
