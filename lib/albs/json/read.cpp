// SPDX-License-Identifier: GPL-3.0-or-later
// The strict reader: RFC 8259 under the rules of I-JSON (RFC 7493). It is our own because a library leaves most rules
// to its caller: RapidJSON 1.1.0, which EL9 has, keeps duplicate members and takes a lone low surrogate, and simdjson
// tells no position.
#include <algorithm>
#include <iterator>

#include "albs/json/scan.hpp"
#include "albs/json/value.hpp"
#include "base/utf8.hpp"

namespace albs {
namespace {

constexpr int max_depth = 64;
/// So many names of an object are compared with each new one, which is less work than to sort them.
constexpr std::size_t max_compared = 16;

class Reader {
public:
    Reader(std::string_view text, JsonScanner::Fractions fractions) : scan_(text, fractions) {}

    Result<Json> document()
    {
        ALBS_TRY(Json root, first());
        scan_.skip_space();
        if (!scan_.at_end()) {
            scan_.expected("the end of the text");
            return tl::unexpected(scan_.error());
        }
        return root;
    }

    /// What follows it is not looked at.
    Result<Json> first()
    {
        scan_.skip_space();
        if (scan_.at_end())
            return fail(Kind::input, "empty");
        Json root;
        if (!value(root))
            return tl::unexpected(scan_.error());
        return root;
    }
    const char* at() const { return scan_.at(); }

private:
    struct PendingMember {
        const char* at; ///< where its name begins
        Json::Member member;
    };

    bool value(Json& out)
    {
        switch (scan_.next()) {
        case '"': {
            JsonText text;
            if (!scan_.string(text))
                return false;
            out = Json(std::move(text));
            return true;
        }
        case '{': return object(out);
        case '[': return array(out);
        case 't': return scan_.word("true", Json(true), out);
        case 'f': return scan_.word("false", Json(false), out);
        case 'n': return scan_.word("null", Json(nullptr), out);
        default: return scan_.number(out);
        }
    }

    /// From one bracket to the other; one() reads an element.
    template <class One> bool sequence(char closing, std::string_view follows, One one)
    {
        if (depth_ == max_depth)
            return scan_.refuse(scan_.at(), "nested deeper than " + std::to_string(max_depth));
        ++depth_;
        scan_.take(scan_.next());
        scan_.skip_space();
        if (!scan_.take(closing)) {
            do {
                scan_.skip_space();
                if (!one())
                    return false;
                scan_.skip_space();
            } while (scan_.take(','));
            if (!scan_.take(closing))
                return scan_.expected(follows);
        }
        --depth_;
        return true;
    }

    bool duplicate(const PendingMember& second)
    {
        std::string name = as_utf8(second.member.key.view().substr(0, JsonScanner::max_quoted));
        return scan_.refuse(second.at, "duplicate member '" + name + "'");
    }

    /// The names of an object with more members than max_compared.
    bool all_differ(std::size_t base)
    {
        std::vector<const PendingMember*> order;
        for (std::size_t i = base; i < pending_.size(); ++i)
            order.push_back(&pending_[i]);
        std::sort(order.begin(), order.end(), [](const PendingMember* a, const PendingMember* b) {
            int names = a->member.key.view().compare(b->member.key);
            return names != 0 ? names < 0 : a->at < b->at;
        });
        auto twice = std::adjacent_find(order.begin(), order.end(), [](const PendingMember* a, const PendingMember* b) {
            return a->member.key == b->member.key;
        });
        return twice == order.end() || duplicate(*twice[1]);
    }

    bool member(std::size_t base)
    {
        PendingMember next{scan_.at(), {}};
        if (scan_.next() != '"')
            return scan_.expected("the name of a member");
        if (!scan_.string(next.member.key))
            return false;
        for (std::size_t i = base; i < std::min(pending_.size(), base + max_compared); ++i)
            if (pending_[i].member.key == next.member.key)
                return duplicate(next);
        scan_.skip_space();
        if (!scan_.take(':'))
            return scan_.expected("':'");
        scan_.skip_space();
        if (!value(next.member.value))
            return false;
        pending_.push_back(std::move(next));
        return true;
    }

    // Members and elements gather on one stack, so that the vector of each value is made once and in its right size.
    bool object(Json& out)
    {
        std::size_t base = pending_.size();
        if (!sequence('}', "',' or '}'", [&] { return member(base); }))
            return false;
        if (pending_.size() - base > max_compared && !all_differ(base))
            return false;
        Json::Object members;
        members.reserve(pending_.size() - base);
        for (std::size_t i = base; i < pending_.size(); ++i)
            members.push_back(std::move(pending_[i].member));
        pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(base), pending_.end());
        out = Json(std::move(members));
        return true;
    }

    bool element()
    {
        Json next;
        if (!value(next))
            return false;
        elements_.push_back(std::move(next));
        return true;
    }

    bool array(Json& out)
    {
        auto base = static_cast<std::ptrdiff_t>(elements_.size());
        if (!sequence(']', "',' or ']'", [&] { return element(); }))
            return false;
        out = Json(
            Json::Array(std::make_move_iterator(elements_.begin() + base), std::make_move_iterator(elements_.end())));
        elements_.erase(elements_.begin() + base, elements_.end());
        return true;
    }

    JsonScanner scan_;
    int depth_ = 0;
    std::vector<PendingMember> pending_;
    std::vector<Json> elements_;
};

} // namespace

Result<Json> read_json(std::string_view text)
{
    return Reader(text, JsonScanner::Fractions::refuse).document();
}

Result<Json> take_json(std::string_view& text)
{
    Reader reader(text, JsonScanner::Fractions::refuse);
    ALBS_TRY(Json value, reader.first());
    text.remove_prefix(static_cast<std::size_t>(reader.at() - text.data()));
    return value;
}

Result<Json> read_foreign_json(std::string_view text)
{
    return Reader(text, JsonScanner::Fractions::keep).document();
}

} // namespace albs
