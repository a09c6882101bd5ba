// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/json/difference.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

constexpr std::size_t max_shown = 200; // bytes of a value

bool same(const Json* first, const Json* second)
{
    if (first == nullptr || second == nullptr)
        return first == second;
    return *first == *second || canonical_json(*first) == canonical_json(*second);
}

std::string shown(const Json* value)
{
    return value == nullptr ? "nothing" : short_json(*value);
}

// The pair of members, or elements, that differs first, with its path.
struct Place {
    std::string path;
    const Json* first = nullptr;
    const Json* second = nullptr;
};

bool go_to_member(Place& place)
{
    const Json::Object* members = place.first->members();
    if (members == nullptr || place.second->members() == nullptr)
        return false;
    auto go_to = [&](const JsonText& key) {
        const Json* first = place.first->find(key);
        const Json* second = place.second->find(key);
        if (same(first, second))
            return false;
        place = {format_text("{}.{}", place.path, key), first, second};
        return true;
    };
    const Json::Object* others = place.second->members();
    for (const Json::Member& member : *members)
        if (go_to(member.key))
            return true;
    for (const Json::Member& member : *others)
        if (go_to(member.key))
            return true;
    return false;
}

bool go_to_element(Place& place)
{
    const Json::Array* first = place.first->elements();
    const Json::Array* second = place.second->elements();
    if (first == nullptr || second == nullptr)
        return false;
    for (std::size_t i = 0; i < std::max(first->size(), second->size()); ++i) {
        const Json* one = i < first->size() ? &(*first)[i] : nullptr;
        const Json* other = i < second->size() ? &(*second)[i] : nullptr;
        if (same(one, other))
            continue;
        place = {format_text("{}[{}]", place.path, i), one, other};
        return true;
    }
    return false;
}

} // namespace

std::string short_json(const Json& value)
{
    std::string text = write_json(value);
    if (text.size() <= max_shown)
        return text;
    std::string digest = sha256(text).hex();
    std::size_t length = text.size();
    std::size_t end = max_shown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) // in the middle of a character
        --end;
    text.resize(end);
    return format_text("{}... ({} bytes with the SHA-256 {})", text, length, digest);
}

Difference first_difference(std::string_view name, const Json& first, const Json& second)
{
    Place place{std::string(name), &first, &second};
    while (place.first != nullptr && place.second != nullptr && (go_to_member(place) || go_to_element(place)))
        ;
    return {place.path, shown(place.first), shown(place.second)};
}

} // namespace albs
