// SPDX-License-Identifier: GPL-3.0-or-later
// The fast half of the reader: what tools write. Inside of lib/albs.
#pragma once
#include <optional>
#include <string_view>

#include "albs/json/value.hpp"

namespace albs {

/// The value, when the text is JSON without anything that is rare in it or refused; nothing otherwise, which says
/// nothing about the text. What it reads, read_foreign_json() reads as the same.
std::optional<Json> read_plain_json(std::string_view text);

} // namespace albs
