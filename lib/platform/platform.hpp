// SPDX-License-Identifier: GPL-3.0-or-later
// What is built for: names, architectures, repositories, and the macros that rpm gets. A platform is one of a file or
// one of ours, changed by flavors and by options of a build, by the same rules as in the AlmaLinux Build System
// (albs-platforms(5)).
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "albs/buildroot/lock.hpp"
#include "base/result.hpp"
#include "platform/definition.hpp"

namespace albs::platform {

/// Where rpm inside the sandbox reads macros last, over those of the distribution: give Platform::macros() there.
constexpr const char* macro_file = "/builddir/.rpmmacros";
/// The same for rpm's other configuration: Platform::rpmrc().
constexpr const char* rpmrc_file = "/builddir/.rpmrc";
/// %_topdir inside the sandbox.
constexpr const char* top_directory = "/builddir/build";

/// What a build, or a package of it, asks for beyond its platform; `mock_options` of ALBS.
struct BuildOptions {
    Macros definitions; ///< without "%"
    std::vector<std::string> with;
    std::vector<std::string> without;
    std::vector<std::string> module_enable; ///< NAME, NAME:STREAM, NAME:STREAM:VERSION:CONTEXT
    std::vector<std::string> yum_exclude;   ///< globs of packages
    std::string target_arch;                ///< empty: the task's
};

/// What a solver has to know for the root of a build.
struct Solving {
    std::vector<std::string> install;      ///< packages, "@group"s and provided names
    std::vector<std::string> test_install; ///< the same for roots in which packages are tried
    std::vector<std::string> excludes;
    std::vector<std::string> module_enable;
    std::string module_platform_id; ///< "platform:el9"; empty: modules are not filtered by it
    std::string releasever;
    bool best = true;               ///< the newest version or none
    bool weak_dependencies = false; ///< install what is recommended
    bool allow_erasing = false;
};

class Platform {
public:
    /// get_task's merge: macros and definitions replace those of the same name, chroot_setup_cmd and use_host_resolv
    /// replace the platform's, dnf_common_opts and repositories are appended. A flavor's versions come after the
    /// platform's, so that the last is its.
    void add(const Definition& flavor);
    /// add_mock_options' merge: definitions replace, with and without are definitions, module_enable and yum_exclude
    /// are appended.
    void add(const BuildOptions& options);
    /// The macros and packages of builds that are signed for Secure Boot.
    void enable_secure_boot();

    const std::string& name() const { return definition_.name; }
    const std::string& backend() const { return backend_; } ///< "chroot", "host" or "mock"
    /// What tasks can be made for; the first is what they are made for unless told.
    const std::vector<std::string>& arches() const { return definition_.arches; }
    std::int64_t timeout_ms() const { return definition_.timeout_s * 1000; } ///< of one task
    bool is_secure_boot() const { return is_secure_boot_; }
    /// All that was merged.
    const Definition& definition() const { return definition_; }

    /// Those that a build root for arch sees, in the order of the definition, with $releasever, $basearch and $arch
    /// replaced.
    std::vector<Repository> repositories(const std::string& arch) const;
    /// Kind::input where chroot_setup_cmd is none that can be read.
    Result<Solving> solving() const;

    /// How often at most a build begins anew because its spec asks for more packages.
    std::int64_t max_rounds() const;

    /// The text of a macro file for the root of a build: deterministic builds everywhere, Enterprise Linux's habits
    /// where the machine's rpm comes without them. The same text makes source packages and builds on the host, or their
    /// source packages would differ.
    std::string macros() const;
    /// As macros(), for rpm of this machine, whatever the backend: what makes source packages.
    std::string macros_here() const;
    /// The text of an rpmrc: %optflags cannot be set by a macro file.
    std::string rpmrc() const;
    /// Files of this machine to put in the place of others while building: {file, path inside}. /bin/sh is bash on
    /// Enterprise Linux, and its packages count on that.
    std::vector<std::pair<std::string, std::string>> stand_ins() const;
    /// rpm on this machine knows what is installed, so that it can check BuildRequires.
    bool knows_packages() const;
    /// Changes when programs of this machine are installed, updated or removed. Costs nothing.
    std::string toolchain() const;
    /// What is installed here, sorted. Kind::environment if neither rpm nor dpkg tells.
    Result<std::vector<buildroot::HostPackage>> installed() const;

private:
    std::string macro_text(Macros macros) const;

    std::string backend_ = "host";
    Definition definition_;
    Macros root_macros_;    ///< the kit's own for a root of the backend; the definition's come over them
    Macros here_macros_;    ///< the kit's own for rpm of this machine
    bool is_guest_ = false; ///< rpm is without its distribution's macros here
    bool is_secure_boot_ = false;
    friend class Catalog;
};

/// This machine in rpm's words: "x86_64", "aarch64"…
std::string machine_arch();
/// dnf's $basearch: "i386" for i686.
std::string base_arch(const std::string& arch);

} // namespace albs::platform
