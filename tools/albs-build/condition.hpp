// SPDX-License-Identifier: GPL-3.0-or-later
// Needs with a condition: "(python3-devel if python3)".
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace albs::build {

/// What has to be there before the need is one: "python3". Nothing for a need without condition, and for one that names
/// something else to be there instead ("(a if b else c)"), which is always one.
std::optional<std::string> condition_of(std::string_view need);

} // namespace albs::build
