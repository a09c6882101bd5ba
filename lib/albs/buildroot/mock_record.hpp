// SPDX-License-Identifier: GPL-3.0-or-later
// What mock wrote down of a buildroot, to be made a lock of ours.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::buildroot {

/// A package as another tool's record names it, to be looked up in repositories.
struct MockPackage {
    std::string name;
    std::optional<std::int64_t> epoch;
    std::string version;
    std::string release;
    std::string arch;
    std::string nevra;
    std::optional<std::string> md5; ///< of header and payload (RPMTAG_SIGMD5), lower-case hex
    std::optional<std::string> url;
};

struct MockRecord {
    std::string arch; ///< of the root; empty: the record does not say
    std::vector<MockPackage> packages;
};

/// mock's buildroot_lock.json, versions 1.0 and 1.1, or its installed_pkgs.log ("NEVRA BUILDTIME SIZE MD5 installed");
/// which one is seen from the text. Public keys in the rpm database (gpg-pubkey) are left out. Kind::input for anything
/// else, with the line of it.
Result<MockRecord> read_mock_record(const std::string& text);

} // namespace albs::buildroot
