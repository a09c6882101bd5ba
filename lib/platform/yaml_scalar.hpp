// SPDX-License-Identifier: GPL-3.0-or-later
// What a plain scalar is. Only for the files of this folder.
#pragma once
#include "platform/yaml.hpp"

namespace albs::platform {

Value text_value(std::string text);
/// As YAML 1.1, by which ALBS reads its files: yes, no, on and off are truth values, and what looks like a number or a
/// date is one.
Value plain_value(std::string text);

} // namespace albs::platform
