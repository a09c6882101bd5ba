// SPDX-License-Identifier: GPL-3.0-or-later
// Package URLs (ECMA-427) and CPE 2.3 names of packages.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "albs/manifest/records.hpp"
#include "base/result.hpp"

namespace albs {

struct Purl {
    std::string type;       ///< "rpm"
    std::string name_space; ///< "almalinux"; empty: none
    std::string name;
    std::string version;
    std::map<std::string, std::string> qualifiers;
    /// The canonical spelling: qualifiers sorted, empty ones left out, everything percent-encoded that must be.
    std::string text() const;
    /// Kind::input for anything that is no canonical package URL without a subpath.
    static Result<Purl> parse(std::string_view text);
};

/// Which distribution a package is of.
struct Distro {
    std::string id;      ///< "almalinux"; empty: not known
    std::string version; ///< "9"; may be empty
    /// From "almalinux-9" or "almalinux".
    static Distro parse(std::string_view text);
};

/// pkg:rpm/DISTRO/NAME@VERSION-RELEASE with arch ("src" for a source package), epoch (if not zero), distro and upstream
/// (the source package) as qualifiers, the same as alma-sbom's but that they are encoded.
Purl rpm_purl(const RpmInfo& rpm, const Distro& distro);

/// cpe:2.3:a:DISTRO:NAME:[EPOCH\:]VERSION-RELEASE:*… as alma-sbom's; empty when a part cannot be written in a CPE name
/// (not ASCII) or the distribution is not known.
std::string rpm_cpe(const RpmInfo& rpm, const Distro& distro);

} // namespace albs
