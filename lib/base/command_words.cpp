// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/command_words.hpp"

#include "base/text.hpp"

namespace albs {
namespace {

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    /// Takes one word; false if a quote is not closed.
    bool take_word(std::string& word)
    {
        while (!is_at_end() && white_space.find(text_[at_]) == white_space.npos) {
            const char letter = text_[at_++];
            if (letter == '\'') {
                const std::size_t end = text_.find('\'', at_);
                if (end == text_.npos)
                    return false;
                word += text_.substr(at_, end - at_);
                at_ = end + 1;
            } else if (letter == '"') {
                if (!take_quoted(word))
                    return false;
            } else if (letter == '\\') {
                if (is_at_end())
                    return false;
                take_escaped(word);
            } else
                word += letter;
        }
        return true;
    }
    void skip_space()
    {
        while (!is_at_end() && white_space.find(text_[at_]) != white_space.npos)
            ++at_;
    }
    bool is_at_end() const { return at_ == text_.size(); }

private:
    /// A backslash before a newline stands for nothing.
    void take_escaped(std::string& word)
    {
        if (text_[at_] != '\n')
            word += text_[at_];
        ++at_;
    }

    bool take_quoted(std::string& word)
    {
        constexpr std::string_view escapable = "$`\"\\\n";
        while (!is_at_end()) {
            const char letter = text_[at_++];
            if (letter == '"')
                return true;
            if (letter == '\\' && !is_at_end() && escapable.find(text_[at_]) != escapable.npos)
                take_escaped(word);
            else
                word += letter;
        }
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace

Result<std::vector<std::string>> command_words(std::string_view text)
{
    std::vector<std::string> words;
    Reader reader(text);
    for (reader.skip_space(); !reader.is_at_end(); reader.skip_space()) {
        std::string word;
        if (!reader.take_word(word))
            return fail(Kind::usage, "a quote is not closed in '" + std::string(text) + "'");
        words.push_back(std::move(word));
    }
    if (words.empty() || words.front().empty())
        return fail(Kind::usage, "there is no command in '" + std::string(text) + "'");
    return words;
}

} // namespace albs
