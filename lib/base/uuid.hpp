// SPDX-License-Identifier: GPL-3.0-or-later
// Name-based UUIDs (RFC 9562, version 5): documents are numbered by their content, not by chance.
#pragma once
#include <string>
#include <string_view>

namespace albs {

/// The namespace of our own names: UUIDv5 of "albs-tools" in the URL namespace.
std::string uuid_of(std::string_view name);
/// name_space is a UUID in its text form.
std::string uuid_v5(std::string_view name_space, std::string_view name);

} // namespace albs
