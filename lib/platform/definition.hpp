// SPDX-License-Identifier: GPL-3.0-or-later
// What a file of platforms says: albs-platforms(5), which is the AlmaLinux Build System's own schema.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "albs/json/value.hpp"
#include "base/result.hpp"

namespace albs::platform {

/// Names and bodies in the order of the definition. Macros of a macro file have their "%" and parameters
/// ("%ldconfig_post(n:)"), those of --define do not.
using Macros = std::vector<std::pair<std::string, std::string>>;

/// Gives macro its body, in the place that it has already, or at the end.
void set_macro(Macros& macros, const std::string& name, const std::string& body);

struct Repository {
    std::string name;
    std::string arch;
    std::string type = "rpm";
    std::string url;            ///< of the directory with repodata/; may hold $releasever, $basearch, $arch
    std::string mirrorlist;     ///< ours: URL of a list of such URLs, instead of url or besides it
    std::int64_t priority = 10; ///< as dnf's: the smaller wins
    bool mock_enabled = true;   ///< is used in build roots
    bool is_debug = false;
    bool is_production = false;
    bool module_hotfixes = false;                 ///< ours: packages are not hidden by module streams
    std::vector<std::string> gpgkeys;             ///< ours: files or URLs of keys; empty: signatures are not asked for
    std::vector<std::string> gpgkey_fingerprints; ///< ours: of the keys, 40 upper-case hex digits; the only ones taken
    std::vector<std::string> excludes;            ///< ours: globs of packages that are not there
};

/// A minor version: what the dist macro and the version of a module are made of.
struct Version {
    std::string name;           ///< "8.10"
    std::string version_prefix; ///< "81000"
    std::string dist_prefix;    ///< "el8.10.0"
};

/// A platform, or a flavor, which is what changes a platform and has few of these.
struct Definition {
    std::string name;
    bool is_platform = false;
    bool is_ours = false; ///< compiled in
    std::string distr_type;
    std::string distr_version;
    std::string pgp_key; ///< id or fingerprint of the key that signs its packages
    std::vector<std::string> arches;
    std::int64_t timeout_s = 0; ///< of one task; 0: not said
    std::string mock_dist;
    Macros definitions;        ///< as --define
    Macros macros;             ///< of a macro file
    Macros secure_boot_macros; ///< the same, for builds that are signed for Secure Boot
    /// The rest of data.mock, each a member of mock's config_opts.
    Json mock = Json::object();
    Json yum = Json::object(); ///< data.yum: options of dnf.conf's [main]
    std::vector<std::string> custom_logs;
    std::vector<std::string> test_install; ///< ours: data.test.install, packages of the roots in which others are tried
    std::vector<Version> versions;
    std::int64_t module_build_index = 1; ///< in the dist of the packages of modules
    Json modularity;
    std::vector<Repository> repositories;
};

/// The definitions of a file, all of them checked. Kind::input with "FILE:LINE: why".
Result<std::vector<Definition>> read_definitions(const std::string& text, const std::string& file);

} // namespace albs::platform
