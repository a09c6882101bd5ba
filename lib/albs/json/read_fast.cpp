// SPDX-License-Identifier: GPL-3.0-or-later
// Ten times as fast as the library's lexer, which looks at each byte through three calls: a manifest of 30,000 packages
// has 100 MB. It never refuses anything: at the first doubt (an error, \u, a float, 16 digits, deep nesting, a
// duplicate member) the whole text goes to the library, whose words on errors are the ones that people see.
#include "albs/json/read_fast.hpp"

#include <algorithm>

#include "albs/json/plain_run.hpp"
#include "base/utf8.hpp"

namespace albs {
namespace {

constexpr int deepest = 32;
constexpr std::size_t max_digits = 15; // below 2^53

class PlainReader {
public:
    explicit PlainReader(std::string_view text) : rest_(text) {}

    bool document(Json& out)
    {
        if (!value(out, 0))
            return false;
        skip_space();
        return rest_.empty();
    }

private:
    void skip_space()
    {
        while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\n' || rest_[0] == '\t' || rest_[0] == '\r'))
            rest_.remove_prefix(1);
    }

    bool take(char c)
    {
        if (rest_.empty() || rest_[0] != c)
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool word(std::string_view text, Json meaning, Json& out)
    {
        if (!rest_.starts_with(text))
            return false;
        rest_.remove_prefix(text.size());
        out = std::move(meaning);
        return true;
    }

    bool value(Json& out, int depth)
    {
        skip_space();
        if (rest_.empty())
            return false;
        switch (rest_[0]) {
        case '"': {
            std::string text;
            if (!string(text))
                return false;
            out = Json(std::move(text));
            return true;
        }
        case '{': return depth < deepest && object(out, depth);
        case '[': return depth < deepest && array(out, depth);
        case 't': return word("true", Json(true), out);
        case 'f': return word("false", Json(false), out);
        case 'n': return word("null", Json(nullptr), out);
        default: return number(out);
        }
    }

    bool number(Json& out)
    {
        bool negative = take('-');
        std::size_t digits = 0;
        std::int64_t sum = 0;
        for (; digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9'; ++digits) {
            if (digits == max_digits)
                return false;
            sum = sum * 10 + (rest_[digits] - '0');
        }
        if (digits == 0 || (rest_[0] == '0' && (digits > 1 || negative)))
            return false;
        rest_.remove_prefix(digits);
        if (!rest_.empty() && (rest_[0] == '.' || rest_[0] == 'e' || rest_[0] == 'E'))
            return false;
        out = Json(negative ? -sum : sum);
        return true;
    }

    bool escape(std::string& out)
    {
        static constexpr std::string_view names = "\"\\/bfnrt";
        static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        std::size_t which = rest_.size() < 2 ? std::string_view::npos : names.find(rest_[1]);
        if (which == std::string_view::npos)
            return false;
        out += meanings[which];
        rest_.remove_prefix(2);
        return true;
    }

    bool string(std::string& out)
    {
        if (!take('"'))
            return false;
        while (true) {
            std::size_t run = plain_run(rest_);
            out.append(rest_.substr(0, run));
            rest_.remove_prefix(run);
            if (take('"'))
                return true;
            if (!rest_.empty() && rest_[0] == '\\') {
                if (!escape(out))
                    return false;
                continue;
            }
            std::size_t length = utf8_length(rest_);
            if (length < 2) // nothing left, a control character, or no UTF-8
                return false;
            out.append(rest_.substr(0, length));
            rest_.remove_prefix(length);
        }
    }

    static bool all_differ(const Json::Object& members)
    {
        if (members.size() <= 12) {
            for (std::size_t i = 1; i < members.size(); ++i)
                for (std::size_t k = 0; k < i; ++k)
                    if (members[i].key == members[k].key)
                        return false;
            return true;
        }
        std::vector<std::string_view> keys;
        keys.reserve(members.size());
        for (const Json::Member& member : members)
            keys.emplace_back(member.key);
        std::sort(keys.begin(), keys.end());
        return std::adjacent_find(keys.begin(), keys.end()) == keys.end();
    }

    /// From one bracket to the other: calls one() where an element begins, which takes it.
    template <class One> bool sequence(char closing, One one)
    {
        rest_.remove_prefix(1);
        skip_space();
        if (take(closing))
            return true;
        do {
            if (!one())
                return false;
            skip_space();
        } while (take(','));
        return take(closing);
    }

    bool object(Json& out, int depth)
    {
        Json::Object members;
        auto one = [&] {
            skip_space();
            Json::Member& member = members.emplace_back();
            if (!string(member.key))
                return false;
            skip_space();
            return take(':') && value(member.value, depth + 1);
        };
        if (!sequence('}', one) || !all_differ(members))
            return false;
        out = Json(std::move(members));
        return true;
    }

    bool array(Json& out, int depth)
    {
        Json::Array elements;
        if (!sequence(']', [&] { return value(elements.emplace_back(), depth + 1); }))
            return false;
        out = Json(std::move(elements));
        return true;
    }

    std::string_view rest_;
};

} // namespace

std::optional<Json> read_plain_json(std::string_view text)
{
    Json value;
    if (!PlainReader(text).document(value))
        return std::nullopt;
    return value;
}

} // namespace albs
