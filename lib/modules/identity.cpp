// SPDX-License-Identifier: GPL-3.0-or-later
#include "modules/identity.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "base/digest.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"

namespace albs::modules {
namespace {

std::string sha1(const std::string& text)
{
    Hasher hasher(Algorithm::sha1);
    hasher.update(text);
    return hasher.finish_hex();
}

/// The first character of a text that is UTF-8, which is taken off it; what is none counts byte by byte.
char32_t take_character(std::string_view& text)
{
    const std::size_t length = utf8_length(text);
    const auto first = static_cast<unsigned char>(text.front());
    char32_t character = length < 2 ? first : first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        character = character << 6 | (static_cast<unsigned char>(text[i]) & 0x3fU);
    text.remove_prefix(std::max<std::size_t>(length, 1));
    return character;
}

std::string escape(char32_t unit)
{
    return format_text("\\u{:04x}", static_cast<unsigned>(unit));
}

/// A string as Python's json.dumps() writes it: letters beyond ASCII as \uXXXX, in pairs where it takes two.
std::string quoted(std::string_view text)
{
    std::string all = "\"";
    while (!text.empty()) {
        const char32_t letter = take_character(text);
        if (letter == '"' || letter == '\\')
            all += {'\\', static_cast<char>(letter)};
        else if (letter >= ' ' && letter < 0x7f)
            all += static_cast<char>(letter);
        else if (letter < 0x10000)
            all += escape(letter);
        else
            all += escape(0xd800 + ((letter - 0x10000) >> 10)) + escape(0xdc00 + ((letter - 0x10000) & 0x3ff));
    }
    return all + "\"";
}

std::string list_of(const std::vector<std::string>& texts)
{
    std::vector<std::string> all;
    for (const std::string& text : texts)
        all.push_back(quoted(text));
    return "[" + join(all, ", ") + "]";
}

} // namespace

Result<std::uint64_t> version_of(const std::string& prefix, std::int64_t seconds)
{
    std::string digits = prefix;
    for (char letter : format_time(seconds)) // 2024-01-01T12:00:00Z
        if (letter >= '0' && letter <= '9')
            digits += letter;
    std::uint64_t version = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
    if (error != std::errc() || end != digits.data() + digits.size())
        return fail(Kind::input,
                    format_text("'{}' cannot be the version of a module stream: it is no number of 64 bits", digits));
    return version;
}

std::string context_of(const std::map<std::string, std::string>& at_build,
                       const std::map<std::string, std::vector<std::string>>& at_run)
{
    std::vector<std::string> build;
    for (const auto& [module, stream] : at_build)
        build.push_back(quoted(module) + ": " + quoted(stream));
    std::vector<std::string> run;
    for (const auto& [module, streams] : at_run)
        run.push_back(quoted(module) + ": " + list_of(streams));
    return sha1(sha1("{" + join(build, ", ") + "}") + ":" + sha1("{" + join(run, ", ") + "}")).substr(0, 8);
}

std::string Identity::label() const
{
    return format_text("{}:{}:{}:{}", name, stream, version, context);
}

std::string dist_of(const Identity& identity, const std::string& dist_prefix, std::int64_t index)
{
    const std::string all =
        format_text("{}.{}.{}.{}", identity.name, identity.stream, identity.version, identity.context);
    return format_text(".module_{}+{}+{}", dist_prefix, index, sha1(all).substr(0, 8));
}

Result<std::vector<std::string>> definitions_of(const std::string& macros)
{
    std::vector<std::string> definitions;
    for (const std::string& each : split_lines(macros)) {
        std::string line(trimmed(each));
        if (line.empty() || line.front() == '#')
            continue;
        const std::size_t blank = line.find_first_of(" \t");
        if (line.front() != '%' || blank == line.npos || blank < 2 || line.back() == '\\')
            return fail(Kind::input, format_text("'{}' defines no macro: it is not '%NAME BODY' in one line", line));
        definitions.push_back(line.substr(1, blank - 1) + " " + std::string(trimmed(line.substr(blank))));
    }
    return definitions;
}

} // namespace albs::modules
