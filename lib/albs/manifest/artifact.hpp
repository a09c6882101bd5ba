// SPDX-License-Identifier: GPL-3.0-or-later
// A file in the store, named by its digest.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

/// What an RPM's header says; null in artifacts that are no RPM.
struct RpmInfo {
    std::string name;
    std::optional<std::int64_t> epoch;
    std::string version;
    std::string release;
    std::string arch;          ///< "src" for a source package
    std::string nevra;         ///< NAME-[EPOCH:]VERSION-RELEASE.ARCH
    OptionalString sourcerpm;  ///< file name of the source package; null in a source package
    std::string header_sha256; ///< RPMTAG_SHA256HEADER: survives signing
    OptionalString payload_sha256; ///< RPMTAG_PAYLOADDIGEST: of the compressed payload
};

struct Artifact {
    static constexpr std::string_view table = "artifacts";
    std::string sha256;
    std::int64_t size = 0; ///< bytes
    std::string name;      ///< file name
    std::string kind;      ///< "rpm", "srpm", "log", "buildroot", "file"
    std::optional<RpmInfo> rpm;
    OptionalString unsigned_sha256; ///< "unsigned": of a signed RPM, the artifact that was built
};

} // namespace albs
