// SPDX-License-Identifier: GPL-3.0-or-later
// The strict reader. nlohmann-json does the lexing and the grammar (RFC 8259, UTF-8, escapes); this handler refuses
// what it would let pass: duplicate keys (the last would win silently), floats and integers that lose digits, deep
// nesting (its destructor would overflow the stack), a byte order mark.
#include "albs/json/value.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_set>

#include "albs/json/read_fast.hpp"
#include "base/utf8.hpp"

namespace albs {
namespace {

constexpr std::size_t max_depth = 64;
constexpr std::int64_t max_integer = (std::int64_t{1} << 53) - 1;

/// Walks the text and remembers how far the parser has read, since nlohmann tells a handler no position.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;
    CountingIterator(const char* at, const char** reached) : at_(at), reached_(reached) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++()
    {
        ++at_;
        *reached_ = at_;
        return *this;
    }
    bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
    bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

private:
    const char* at_;
    const char** reached_;
};

class Handler {
public:
    explicit Handler(bool keep_floats) : keep_floats_(keep_floats) {}
    std::string problem;
    Json root;

    bool null() { return add(Json(nullptr)); }
    bool boolean(bool value) { return add(Json(value)); }
    bool number_integer(std::int64_t value)
    {
        if (value < -max_integer)
            return refuse("integer " + std::to_string(value) + " is beyond 2^53-1");
        return add(Json(value));
    }
    bool number_unsigned(std::uint64_t value)
    {
        if (value > static_cast<std::uint64_t>(max_integer))
            return refuse("integer " + std::to_string(value) + " is beyond 2^53-1");
        return add(Json(static_cast<std::int64_t>(value)));
    }
    bool number_float(double, const std::string& text)
    {
        if (!keep_floats_)
            return refuse("number '" + text.substr(0, 40) + "' is not an integer within 2^53-1");
        return add(Json(text));
    }
    bool string(std::string& value) { return add(Json(std::move(value))); }
    bool binary(std::vector<std::uint8_t>&) { return refuse("binary value"); }
    bool start_object(std::size_t) { return open(Json(Json::Object())); }
    bool start_array(std::size_t) { return open(Json(Json::Array())); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& name)
    {
        Level& level = levels_.back();
        Json::Object& object = *level.value.members();
        if (!level.keys.insert(name).second)
            return refuse("duplicate member '" + name.substr(0, 80) + "'");
        object.push_back({std::move(name), Json()});
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error)
    {
        problem = plain(error.what());
        return false;
    }

private:
    struct Level {
        Json value;
        std::unordered_set<std::string> keys;
    };

    bool refuse(std::string why)
    {
        problem = std::move(why);
        return false;
    }
    bool add(Json value)
    {
        if (levels_.empty()) {
            root = std::move(value);
            return true;
        }
        Json& parent = levels_.back().value;
        if (Json::Object* object = parent.members())
            object->back().value = std::move(value);
        else
            parent.push(std::move(value));
        return true;
    }
    bool open(Json empty)
    {
        if (levels_.size() == max_depth)
            return refuse("nested deeper than " + std::to_string(max_depth));
        levels_.push_back({std::move(empty), {}});
        return true;
    }
    bool close()
    {
        Json value = std::move(levels_.back().value);
        levels_.pop_back();
        return add(std::move(value));
    }
    // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while parsing …" → the last part.
    static std::string plain(std::string what)
    {
        std::size_t syntax = what.find("syntax error ");
        what.erase(0, syntax == std::string::npos ? 0 : syntax);
        // It quotes the token it stopped in, which may be the rest of the document.
        if (what.size() > 160)
            what = what.substr(0, 120) + "…" + what.substr(what.size() - 40);
        return as_utf8(what);
    }

    bool keep_floats_;
    std::vector<Level> levels_;
};

std::string position(std::string_view text, std::size_t offset)
{
    offset = std::min(offset, text.size());
    std::string_view before = text.substr(0, offset);
    auto line = 1 + std::count(before.begin(), before.end(), '\n');
    std::size_t start = before.rfind('\n');
    std::size_t column = offset - (start == std::string_view::npos ? 0 : start + 1);
    return "line " + std::to_string(line) + ", column " + std::to_string(std::max<std::size_t>(column, 1));
}

Result<Json> read(std::string_view text, bool keep_floats)
{
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return fail(Kind::input, "empty");
    if (text.substr(0, 3) == "\xef\xbb\xbf")
        return fail(Kind::input, "line 1, column 1: byte order mark");
    // nlohmann's lexer takes a NUL for the end of the text and would not see what follows it.
    if (std::size_t nul = text.find('\0'); nul != std::string_view::npos)
        return fail(Kind::input, position(text, nul + 1) + ": NUL byte");
    Handler handler(keep_floats);
    const char* reached = text.data();
    const char* end = text.data() + text.size();
    bool good = nlohmann::json::sax_parse(CountingIterator(text.data(), &reached), CountingIterator(end, &reached),
                                          &handler);
    if (good)
        return std::move(handler.root);
    std::string where = position(text, static_cast<std::size_t>(reached - text.data()));
    return fail(Kind::input, where + ": " + handler.problem);
}

} // namespace

Result<Json> read_json(std::string_view text)
{
    if (std::optional<Json> plain = read_plain_json(text))
        return *std::move(plain);
    return read(text, false);
}

Result<Json> read_foreign_json(std::string_view text)
{
    return read(text, true);
}

} // namespace albs
