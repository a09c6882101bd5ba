// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings.hpp"

#include "base/text.hpp"

namespace albs::test {

const std::string* Settings::find(std::string_view section, std::string_view key) const
{
    for (const Setting& one : settings)
        if (one.section == section && one.key == key)
            return &one.value;
    return nullptr;
}

Settings read_settings(std::string_view text)
{
    Settings all;
    std::string begun; // a line that the next one continues
    for (const std::string& each : split_lines(text)) {
        const std::string_view line = trimmed(each);
        if (line.starts_with('#') || line.starts_with(';') || (line.empty() && begun.empty()))
            continue;
        begun += line;
        if (begun.ends_with('\\')) {
            begun.back() = ' ';
            continue;
        }
        const std::string whole(trimmed(begun));
        begun.clear();
        const std::size_t equals = whole.find('=');
        if (whole.empty())
            continue;
        if (whole.starts_with('[') && whole.ends_with(']'))
            all.sections.push_back(whole.substr(1, whole.size() - 2));
        else if (equals == whole.npos || equals == 0 || all.sections.empty())
            all.bad_lines.push_back(whole);
        else
            all.settings.push_back({all.sections.back(), std::string(trimmed(whole.substr(0, equals))),
                                    std::string(trimmed(whole.substr(equals + 1)))});
    }
    if (!begun.empty())
        all.bad_lines.push_back(begun);
    return all;
}

} // namespace albs::test
