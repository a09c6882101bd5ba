// SPDX-License-Identifier: GPL-3.0-or-later
// The notarization record of the AlmaLinux Build System, as its immudb holds it: key, Name, Kind, Size, Hash, Signer,
// Metadata, in that order, so that our statements can be matched with what is there.
#pragma once
#include <cstdint>
#include <string>

#include "albs/json/value.hpp"

namespace albs {

struct AlbsRecord {
    std::string key;  ///< SHA-256 in hex
    std::string name; ///< file name, or "git@HOST:PATH@COMMIT7"
    std::string kind; ///< "file" or "git"
    std::int64_t size = 0; ///< bytes; the record holds the text of human_size()
    std::string signer;
    Json metadata;
    /// {"key": …, "value": {Name … Metadata}}; Metadata starts with sbom_api_ver.
    Json json() const;
};

/// "1.66 MB" for 1740000: powers of 1024, two decimals, as Python prints them.
std::string human_size(std::int64_t bytes);
/// "git@HOST:PATH@COMMIT7" of a remote's URL.
std::string git_record_name(const std::string& url, const std::string& commit);

} // namespace albs
