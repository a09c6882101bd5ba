// SPDX-License-Identifier: GPL-3.0-or-later
#include "distgit/source_lines.hpp"

#include <algorithm>
#include <sys/stat.h>

#include "base/format.hpp"
#include "base/text.hpp"
#include "sys/file.hpp"

namespace albs::distgit {
namespace {

constexpr std::size_t max_spec = std::size_t{16} << 20; // bytes

/// "source12" and "PATCH" without the number.
bool is_source_tag(std::string_view tag)
{
    const std::string word = lower_case(tag.substr(0, tag.find_last_not_of("0123456789") + 1));
    return word == "source" || word == "patch";
}

bool is_directory(const std::string& path)
{
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

} // namespace

Status check_source_lines(const std::string& directory, const Layout& layout)
{
    auto text = sys::read_file(directory + "/" + layout.spec, max_spec);
    if (!text)
        return {};
    std::size_t number = 0;
    for (const std::string& line : split_lines(*text)) {
        ++number;
        const std::vector<std::string> words = split_words(line);
        if (words.size() != 2 || words[0].back() != ':' || words[1].find('%') != std::string::npos)
            continue;
        const std::string tag = words[0].substr(0, words[0].size() - 1);
        const std::string& value = words[1];
        if (!is_source_tag(tag))
            continue;
        const std::string name = sys::base_name(value);
        const std::string place =
            format_text("{}/{}{}{}", directory, layout.sources, layout.sources.empty() ? "" : "/", name);
        if (value.back() == '/' || is_directory(place))
            return fail(Kind::input,
                        format_text("'{}', line {}: {} is '{}', which names no file", layout.spec, number, tag, value),
                        "a source is a file; pack a directory, or write the name behind the last slash");
    }
    return {};
}

} // namespace albs::distgit
