// SPDX-License-Identifier: GPL-3.0-or-later
// What a server says that it has, gitprotocol-http(5): enough to see that a mirror has all of it.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace albs::git {

/// Full names, and what they point to: for annotated tags the tag.
using References = std::map<std::string, std::string>;

/// The answer to GET URL/info/refs?service=git-upload-pack (version 0 of the protocol). Nothing: it is none, or of a
/// repository whose history is not whole.
std::optional<References> parse_advertisement(std::string_view text);

/// Whether the mirror has the branches and tags of the server and no others, and what the ref is beside these: HEAD, or
/// such as refs/pull/1/head.
bool has_all(const References& mirror, const References& served, const std::string& ref);

} // namespace albs::git
