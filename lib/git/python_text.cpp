// SPDX-License-Identifier: GPL-3.0-or-later
// Values as Python's json and strftime write them: what the keys of ALBS's records are digests of.
#include <array>
#include <cstdio>
#include <ctime>

#include "base/utf8.hpp"
#include "git/history.hpp"

namespace albs::git {
namespace {

void append_escape(std::string& out, unsigned unit)
{
    std::array<char, 16> text{};
    (void)std::snprintf(text.data(), text.size(), "\\u%04x", unit);
    out += text.data();
}

unsigned code_point(std::string_view sequence)
{
    auto lead = static_cast<unsigned char>(sequence.front());
    unsigned value = sequence.size() == 1 ? lead : lead & (0x7fU >> sequence.size());
    for (std::size_t i = 1; i < sequence.size(); ++i)
        value = value << 6 | (static_cast<unsigned char>(sequence[i]) & 0x3fU);
    return value;
}

std::string python_string(std::string_view text)
{
    std::string out = "\"";
    for (std::string_view rest = text; !rest.empty();) {
        std::size_t length = utf8_length(rest);
        unsigned c = length == 0 ? 0xfffd : code_point(rest.substr(0, length));
        rest.remove_prefix(length == 0 ? 1 : length);
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        default:
            if (c >= 0x20 && c < 0x7f) {
                out += static_cast<char>(c);
            } else if (c == 0x7f) {
                out += '\x7f'; // ASCII to Python
            } else if (c < 0x10000) {
                append_escape(out, c);
            } else {
                append_escape(out, 0xd800 + ((c - 0x10000) >> 10));
                append_escape(out, 0xdc00 + ((c - 0x10000) & 0x3ff));
            }
        }
    }
    return out + "\"";
}

} // namespace

std::string python_time(std::int64_t time, int offset_minutes)
{
    auto local = static_cast<std::time_t>(time + std::int64_t{offset_minutes} * 60);
    std::tm parts{};
    (void)::gmtime_r(&local, &parts);
    int offset = offset_minutes < 0 ? -offset_minutes : offset_minutes;
    std::array<char, 80> text{};
    (void)std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d%c%02d%02d", parts.tm_year + 1900,
                        parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                        offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
    return text.data();
}

std::string python_json(const Json& value)
{
    if (const JsonText* text = value.string())
        return python_string(*text);
    if (const Json::Array* elements = value.elements()) {
        std::string out = "[";
        for (const Json& element : *elements)
            out += (out.size() > 1 ? ", " : "") + python_json(element);
        return out + "]";
    }
    if (const Json::Object* members = value.members()) {
        std::string out = "{";
        for (const Json::Member& member : *members)
            out += (out.size() > 1 ? ", " : "") + python_string(member.key) + ": " + python_json(member.value);
        return out + "}";
    }
    return write_json(value);
}

} // namespace albs::git
