// SPDX-License-Identifier: GPL-3.0-or-later
// One writer in three forms: compact (pass-through), pretty (for people), canonical (RFC 8785, for hashes).
#include "albs/json/value.hpp"

#include <algorithm>

#include "albs/json/unescaped.hpp"
#include "base/utf8.hpp"

namespace albs {
namespace {

enum class Form { compact, pretty, canonical };

struct Way {
    Form form;
    const Json* leave_out = nullptr; ///< an element of an array that is passed over
    Hasher* hasher = nullptr;        ///< takes what is written, from time to time
};

constexpr std::size_t max_unhashed = 1 << 16;

/// Control characters, quotes and backslashes in the shortest form (RFC 8785 §3.2.2.2).
void write_escaped(std::string& out, char c)
{
    static constexpr char hex[] = "0123456789abcdef";
    switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\b': out += "\\b"; break;
    case '\f': out += "\\f"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
        out += "\\u00";
        out += hex[static_cast<unsigned char>(c) >> 4];
        out += hex[c & 15];
    }
}

void write_string(std::string& out, std::string_view text)
{
    out += '"';
    while (!text.empty()) {
        // Most of a manifest is plain ASCII, which is copied in runs.
        std::size_t plain = unescaped_length(text);
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty())
            break;
        std::size_t length = utf8_length(text);
        if (length > 1)
            out += text.substr(0, length);
        else if (length == 1)
            write_escaped(out, text.front());
        else
            out += "\xef\xbf\xbd"; // U+FFFD for bytes of another encoding: the next reader takes UTF-8 only
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    out += '"';
}

// UTF-16 code-unit order differs from byte order only where a character beyond the BMP (lead byte F0-F4, surrogates
// D800-DFFF) meets U+E000-FFFF (lead bytes EE, EF).
bool utf16_less(std::string_view a, std::string_view b)
{
    auto weight = [](char c) {
        auto byte = static_cast<unsigned char>(c);
        // F0-F4 come down to follow ED, and EE and EF go up behind them.
        return byte >= 0xf0 ? byte - 2 : byte >= 0xee ? byte + 5 : static_cast<int>(byte);
    };
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [&](char x, char y) { return weight(x) < weight(y); });
}

void write(std::string& out, const Json& value, const Way& way, std::size_t depth);

void new_line(std::string& out, const Way& way, std::size_t depth)
{
    if (way.form == Form::pretty)
        out.append("\n").append(depth * 2, ' ');
}

void write_object(std::string& out, const Json::Object& object, const Way& way, std::size_t depth)
{
    std::vector<const Json::Member*> order;
    order.reserve(object.size());
    for (const Json::Member& member : object)
        order.push_back(&member);
    if (way.form == Form::canonical)
        std::sort(order.begin(), order.end(), [](auto* a, auto* b) { return utf16_less(a->key, b->key); });
    out += '{';
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i > 0)
            out += ',';
        new_line(out, way, depth + 1);
        write_string(out, order[i]->key);
        out += way.form == Form::pretty ? ": " : ":";
        write(out, order[i]->value, way, depth + 1);
    }
    if (!order.empty())
        new_line(out, way, depth);
    out += '}';
}

void write_array(std::string& out, const Json::Array& array, const Way& way, std::size_t depth)
{
    out += '[';
    bool first = true;
    for (const Json& element : array) {
        if (&element == way.leave_out)
            continue;
        if (!std::exchange(first, false))
            out += ',';
        new_line(out, way, depth + 1);
        write(out, element, way, depth + 1);
    }
    if (!first)
        new_line(out, way, depth);
    out += ']';
}

void write(std::string& out, const Json& value, const Way& way, std::size_t depth)
{
    if (const Json::Object* object = value.members())
        write_object(out, *object, way, depth);
    else if (const Json::Array* array = value.elements())
        write_array(out, *array, way, depth);
    else if (const JsonText* text = value.string())
        write_string(out, *text);
    else if (const std::int64_t* number = value.integer())
        out += std::to_string(*number);
    else if (const bool* truth = value.boolean())
        out += *truth ? "true" : "false";
    else
        out += "null";
    if (way.hasher != nullptr && out.size() > max_unhashed) {
        way.hasher->update(out);
        out.clear();
    }
}

std::string written(const Json& value, const Way& way)
{
    std::string out;
    write(out, value, way, 0);
    return out;
}

} // namespace

std::string write_json(const Json& value)
{
    return written(value, {Form::compact});
}

std::string write_pretty_json(const Json& value)
{
    return written(value, {Form::pretty});
}

std::string canonical_json(const Json& value, const Json* leave_out)
{
    return written(value, {Form::canonical, leave_out});
}

Digest canonical_digest(const Json& value, const Json* leave_out)
{
    Hasher hasher;
    hasher.update(written(value, {Form::canonical, leave_out, &hasher}));
    return hasher.finish();
}

} // namespace albs
