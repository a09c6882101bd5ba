// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/unexpanded.hpp"

#include <algorithm>

namespace albs::rpm {
namespace {

bool is_of_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The macro that the text begins with, behind its '%': "foo", "{foo}", "{?foo:bar}", "(date)". Empty for "%5".
std::string macro_of(std::string_view text)
{
    if (text.starts_with("(") || text.starts_with("["))
        return std::string(text.substr(0, text.find_first_of(")]")));
    std::size_t begin = text.find_first_not_of("{?!");
    if (begin == text.npos || !is_of_name(text[begin]) || (text[begin] >= '0' && text[begin] <= '9'))
        return {};
    auto end = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(begin), text.end(), is_of_name);
    return std::string(text.begin() + static_cast<std::ptrdiff_t>(begin), end);
}

} // namespace

std::optional<Unexpanded> find_unexpanded(std::string_view what, const std::string& text)
{
    for (std::size_t at = text.find('%'); at != text.npos; at = text.find('%', at + 1))
        if (std::string macro = macro_of(std::string_view(text).substr(at + 1)); !macro.empty())
            return Unexpanded{std::move(macro), std::string(what) + " '" + text + "'"};
    return std::nullopt;
}

std::optional<Unexpanded> find_unexpanded(const Package& package)
{
    for (auto [what, text] :
         {std::pair{"name", &package.info.name}, std::pair{"version", &package.info.version},
          std::pair{"release", &package.info.release}, std::pair{"architecture", &package.info.arch}})
        if (std::optional<Unexpanded> found = find_unexpanded(what, *text))
            return found;
    for (const std::vector<std::string>* arches : {&package.exclusive_arches, &package.excluded_arches})
        for (const std::string& arch : *arches)
            if (std::optional<Unexpanded> found = find_unexpanded("architecture", arch))
                return found;
    const bool is_source = package.info.arch == "src";
    for (auto [what, list] :
         {std::pair{is_source ? "BuildRequires" : "Requires", &package.needs}, std::pair{"Provides", &package.provides},
          std::pair{is_source ? "BuildConflicts" : "Conflicts", &package.conflicts},
          std::pair{"Obsoletes", &package.obsoletes}})
        for (const Dependency& dependency : *list)
            if (std::optional<Unexpanded> found = find_unexpanded(what, dependency.text()))
                return found;
    return std::nullopt;
}

} // namespace albs::rpm
