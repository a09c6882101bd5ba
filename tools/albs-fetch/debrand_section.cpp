// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that are added to a section of a spec file.
#include <algorithm>

#include "base/format.hpp"
#include "base/text.hpp"
#include "debrand_edit.hpp"

namespace albs::fetch {
namespace {

constexpr std::string_view sections[] = {"package",
                                         "description",
                                         "prep",
                                         "generate_buildrequires",
                                         "conf",
                                         "build",
                                         "install",
                                         "check",
                                         "clean",
                                         "files",
                                         "changelog",
                                         "pre",
                                         "post",
                                         "preun",
                                         "postun",
                                         "pretrans",
                                         "posttrans",
                                         "preuntrans",
                                         "postuntrans",
                                         "verifyscript",
                                         "triggerin",
                                         "triggerun",
                                         "triggerprein",
                                         "triggerpostun",
                                         "filetriggerin",
                                         "filetriggerun",
                                         "filetriggerpostun",
                                         "transfiletriggerin",
                                         "transfiletriggerun",
                                         "transfiletriggerpostun",
                                         "sourcelist",
                                         "patchlist"};
/// Sections of the whole source package; of all others each package has its own.
constexpr std::string_view common[] = {
    "prep",     "generate_buildrequires", "conf", "build", "install", "check", "clean", "changelog", "sourcelist",
    "patchlist"};

struct Header {
    std::string section;
    std::string package; ///< empty: the main package
};

/// Of a line that begins a section.
std::optional<Header> header_of(const std::string& line)
{
    const std::vector<std::string> words = split_words(line);
    if (words.empty() || !words.front().starts_with('%') ||
        std::find(std::begin(sections), std::end(sections), std::string_view(words.front()).substr(1)) ==
            std::end(sections))
        return std::nullopt;
    Header header{words.front().substr(1), {}};
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i] == "--")
            break;
        if (words[i] == "-n" && i + 1 < words.size())
            return Header{header.section, words[i + 1]};
        if ((words[i] == "-f" || words[i] == "-p") && i + 1 < words.size())
            ++i;
        else if (!words[i].starts_with('-'))
            return Header{header.section, words[i]};
    }
    return header;
}

} // namespace

Status add_to_section(Lines& lines, const Action& action)
{
    const bool is_global = action.section == "global";
    const bool is_common =
        std::find(std::begin(common), std::end(common), std::string_view(action.section)) != std::end(common);
    std::optional<std::size_t> start; // the line after the header
    if (is_global && action.subpackage.empty())
        start = 0;
    const std::string wanted = is_global ? "package" : action.section;
    for (std::size_t i = 0; i < lines.size() && !start; ++i) {
        std::optional<Header> header = header_of(lines[i]);
        if (header && header->section == wanted && (is_common ? "" : header->package) == action.subpackage)
            start = i + 1;
    }
    if (!start)
        return fail(Kind::input, format_text("the spec file has no section '{}'{}", action.section,
                                             action.subpackage.empty() ? "" : " of '" + action.subpackage + "'"));
    std::size_t end = *start;
    while (end < lines.size() && !header_of(lines[end]))
        ++end;
    std::string content = action.texts.front();
    if (!content.ends_with('\n'))
        content += '\n';
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(action.at_top ? *start : end), content);
    return {};
}

} // namespace albs::fetch
