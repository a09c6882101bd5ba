// SPDX-License-Identifier: GPL-3.0-or-later
// What a build was made from and how, in SLSA's terms (provenance v1).
#pragma once
#include <string>
#include <string_view>

#include "albs/manifest/manifest.hpp"
#include "albs/statement/draft.hpp"

namespace albs {

/// The name of a type of ours, "https://build.almalinux.org/attestation/WHAT/v1".
std::string own_type(std::string_view what);

/// An in-toto resource descriptor with one digest.
Json descriptor(const Json& name, std::string_view algorithm, const std::string& digest);
/// That of the commit of a source, which has one.
Json git_descriptor(const Source& source);

/// The predicate of a statement on what a task made, without the members of ours.
Json provenance_of(const Manifest& manifest, const Task& task, const StatementSigner& signer);

} // namespace albs
