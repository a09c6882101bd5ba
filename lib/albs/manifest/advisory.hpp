// SPDX-License-Identifier: GPL-3.0-or-later
// albs.advisory/1: one advisory (security, bug fix, enhancement) as its author writes it. albs-release(1) specifies it.
//
// One record from which every feed is made; the feeds (updateinfo.xml first) never are the source.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "albs/manifest/records.hpp"
#include "base/result.hpp"

namespace albs {

struct AdvisoryReference {
    std::string type; ///< "cve", "bugzilla", "self", "other"
    std::string id;   ///< "CVE-2026-12345"
    std::string href;
    std::string title; ///< the id if none was given
};

struct Advisory {
    static constexpr std::string_view schema = "albs.advisory/1";
    std::string id;          ///< "ALSA-2026:A001"
    std::string type;        ///< "security", "bugfix", "enhancement", "newpackage"
    OptionalString severity; ///< "Critical", "Important", "Moderate", "Low"; a security advisory has one
    std::string title;
    std::string description;
    std::string summary;
    std::string solution;
    std::string rights;
    std::string from;    ///< who stands for it, an address
    std::string issued;  ///< RFC 3339
    std::string updated; ///< RFC 3339, not before issued
    std::vector<AdvisoryReference> references;
    std::vector<std::string> packages; ///< names, or [EPOCH:] NEVR or NEVRA of released packages
    bool reboot_suggested = false;
    bool restart_suggested = false;
    bool relogin_suggested = false;
    Json document; ///< as its author wrote it
};

/// Strict: unknown members are refused too, since a misspelt reboot_suggested would be lost in silence. Kind::input,
/// with line and column where the JSON itself is wrong, else with the member's name.
Result<Advisory> parse_advisory(std::string_view text);

/// How a word of Advisory::packages names a package: not, by its name alone (then the newest is meant), or exactly
/// (NAME-[EPOCH:]VERSION-RELEASE with or without .ARCH; the epoch may be left out, as file names do).
enum class Naming { none, by_name, exact };
Naming names_package(std::string_view word, const RpmInfo& package);

} // namespace albs
