// SPDX-License-Identifier: GPL-3.0-or-later
// Files of sections and settings: units of systemd (systemd.syntax(7)) and desktop entries.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace albs::test {

struct Setting {
    std::string section;
    std::string key;
    std::string value; ///< lines that were continued are one
};

struct Settings {
    std::vector<std::string> sections; ///< in their order
    std::vector<Setting> settings;
    std::vector<std::string> bad_lines; ///< that are neither section, setting nor comment, or stand before a section

    /// The first value; null if there is none.
    const std::string* find(std::string_view section, std::string_view key) const;
};

Settings read_settings(std::string_view text);

} // namespace albs::test
