// SPDX-License-Identifier: GPL-3.0-or-later
// A file in the store, named by its digest.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

/// What an RPM's header says; null in artifacts that are no RPM.
struct RpmInfo {
    JsonText name;
    std::optional<std::int64_t> epoch;
    JsonText version;
    JsonText release;
    JsonText arch;               ///< "src" for a source package
    JsonText nevra;              ///< NAME-[EPOCH:]VERSION-RELEASE.ARCH
    OptionalText sourcerpm;      ///< file name of the source package; null in a source package
    JsonText header_sha256;      ///< RPMTAG_SHA256HEADER: survives signing
    OptionalText payload_sha256; ///< RPMTAG_PAYLOADDIGEST: of the compressed payload
};

struct Artifact {
    static constexpr std::string_view table = "artifacts";
    JsonText sha256;
    std::int64_t size = 0; ///< bytes
    JsonText name;         ///< file name
    JsonText kind;         ///< "rpm", "srpm", "log", "buildroot", "file"
    std::optional<RpmInfo> rpm;
    OptionalText unsigned_sha256; ///< "unsigned": of a signed RPM, the artifact that was built
    std::vector<JsonText> names = {}; ///< other names of files with these very bytes
};

} // namespace albs
