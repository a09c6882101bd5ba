// SPDX-License-Identifier: GPL-3.0-or-later
// An advisory as it was published. Its document is kept whole, so that who has the advisory can find its record by
// hashing it, and who has the record needs nothing else to know what was announced.
#pragma once
#include "albs/manifest/record.hpp"

namespace albs {

/// A package that an advisory is about, where it was published.
struct ErratumPackage {
    std::string nevra;
    std::string artifact;   ///< SHA-256 of the published file
    std::string repository; ///< "x86_64/os", relative to the tree
    std::string path;       ///< in the repository
};

/// An advisory that was published (updateinfo.xml), with the packages that its words came to mean.
struct Erratum {
    static constexpr std::string_view table = "errata";
    std::string id;       ///< "ADVISORY@" and 12 digits of erratum_digest()
    std::string advisory; ///< "ALSA-2026:A001"
    std::string sha256;   ///< of the document's canonical form
    std::string updated;  ///< RFC 3339; a correction is a later record
    Json document;        ///< albs.advisory/1 as its author wrote it
    std::vector<ErratumPackage> packages;
};
/// SHA-256 of the canonical form of the document's digest and the packages: one content, one id.
std::string erratum_digest(const Erratum& erratum);

} // namespace albs
