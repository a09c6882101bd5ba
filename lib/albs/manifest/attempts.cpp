// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/attempts.hpp"

#include <utility>

namespace albs {
namespace {

constexpr std::size_t hex_digits = 12;

} // namespace

const Attempts* AttemptIndex::find(std::string_view plain) const
{
    auto found = attempts_.find(plain);
    return found == attempts_.end() ? nullptr : &found->second;
}

Attempts* AttemptIndex::find(std::string_view plain)
{
    return const_cast<Attempts*>(std::as_const(*this).find(plain));
}

std::string_view first_id(std::string_view id, bool is_later)
{
    if (!is_later)
        return id;
    if (id.size() <= hex_digits + 1 || id[id.size() - hex_digits - 1] != '@')
        return {};
    std::string_view digits = id.substr(id.size() - hex_digits);
    if (digits.find_first_not_of("0123456789abcdef") != std::string_view::npos)
        return {};
    return id.substr(0, id.size() - hex_digits - 1);
}

} // namespace albs
