// SPDX-License-Identifier: GPL-3.0-or-later
// What is built for: names, architectures, and the macros that rpm gets. In the AlmaLinux Build System's own schema.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "albs/result.hpp"

namespace albs::platform {

/// Where rpm inside the sandbox reads macros last, over those of the distribution: give Platform::macros() there.
constexpr const char* macro_file = "/builddir/.rpmmacros";
/// The same for rpm's other configuration: Platform::rpmrc().
constexpr const char* rpmrc_file = "/builddir/.rpmrc";
/// %_topdir inside the sandbox.
constexpr const char* top_directory = "/builddir/build";

class Platform {
public:
    /// One of known(); Kind::usage otherwise, with the list of them.
    static Result<Platform> find(const std::string& name);
    static Result<std::vector<std::string>> known();

    const std::string& name() const { return name_; }
    const std::string& backend() const { return backend_; } ///< "host"
    /// What tasks can be made for; the first is what they are made for unless told.
    const std::vector<std::string>& arches() const { return arches_; }
    std::int64_t timeout_ms() const { return timeout_ms_; } ///< of one task
    /// The text of a macro file: deterministic builds everywhere, Enterprise Linux's habits where the machine's rpm
    /// comes without them. The same text makes source packages and builds, or their source packages would differ.
    std::string macros() const;
    /// The text of an rpmrc: %optflags cannot be set by a macro file.
    std::string rpmrc() const;
    /// Files of this machine to put in the place of others while building: {file, path inside}. /bin/sh is bash on
    /// Enterprise Linux, and its packages count on that.
    std::vector<std::pair<std::string, std::string>> stand_ins() const;
    /// rpm on this machine knows what is installed, so that it can check BuildRequires.
    bool knows_packages() const;
    /// Changes when programs of this machine are installed, updated or removed. Costs nothing.
    std::string toolchain() const;
    /// What is installed, as a document: {"schema":"albs.buildroot/1","platform":…,"packages":[{"name","version",
    /// "arch"}…]}, sorted. Kind::environment if neither rpm nor dpkg tells.
    Result<std::string> lock() const;

private:
    std::string name_;
    std::string backend_ = "host";
    std::vector<std::string> arches_;
    std::int64_t timeout_ms_ = 0;
    bool is_guest_ = false; ///< rpm is without its distribution's macros here
    /// Name, with "%" and parameters ("%install", "%ldconfig_post(n:)"), and body; in the order of the definition.
    std::vector<std::pair<std::string, std::string>> macros_;
};

/// This machine in rpm's words: "x86_64", "aarch64"…
std::string machine_arch();

} // namespace albs::platform
