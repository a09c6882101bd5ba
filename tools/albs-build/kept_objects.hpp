// SPDX-License-Identifier: GPL-3.0-or-later
// Which objects of the store manifests need.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace albs::build {

/// Every run of exactly 64 lower-case hexadecimal digits: what may be the SHA-256 of an object.
void add_digests(std::string_view text, std::set<std::string>& digests);

/// All objects that these manifests name, and that JSON documents among those name in turn: source trees, locks,
/// manifests that were linked. Digests that name no object are among them. Kind::input for what is no manifest,
/// Kind::trust for a document that was changed in the store.
Result<std::set<std::string>> objects_of(const std::vector<std::string>& manifests, const std::string& workspace);

} // namespace albs::build
