// SPDX-License-Identifier: GPL-3.0-or-later
// The tokens of a JSON text, and where in it something is wrong. Inside of lib/albs/json.
#pragma once
#include <string>
#include <string_view>

#include "albs/json/value.hpp"

namespace albs {

/// Walks over a text. What reads a token returns false when it is none: error() then says why, with line and column.
class JsonScanner {
public:
    enum class Fractions { refuse, keep };
    /// A message quotes no more of a token than this: it may be the rest of the document.
    static constexpr std::size_t max_quoted = 80;

    JsonScanner(std::string_view text, Fractions fractions)
        : text_(text), at_(text.data()), end_(text.data() + text.size()), fractions_(fractions)
    {
    }
    const char* at() const { return at_; }
    bool at_end() const { return at_ == end_; }
    /// The next byte; NUL at the end of the text.
    char next() const { return at_ == end_ ? '\0' : *at_; }

    void skip_space()
    {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r'))
            ++at_;
    }
    bool take(char c)
    {
        if (at_ == end_ || *at_ != c)
            return false;
        ++at_;
        return true;
    }
    /// A string, of which the quotation mark is next.
    bool string(JsonText& out);
    bool number(Json& out);
    /// true, false, null.
    bool word(std::string_view text, Json meaning, Json& out);

    /// Both return false.
    bool refuse(const char* at, std::string why);
    bool expected(std::string_view what);
    Error error() const;

private:
    std::string_view rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }
    std::string found() const;
    bool digits();
    bool rest_of_string(JsonText& out);
    bool escape();
    bool unicode_escape(const char* from);
    bool code_unit(char32_t& out);

    std::string_view text_;
    const char* at_;
    const char* end_;
    Fractions fractions_;
    std::string problem_;
    std::string unescaped_; ///< of the string that is read; kept, so that it is allocated once
};

} // namespace albs
