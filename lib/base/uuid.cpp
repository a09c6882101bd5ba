// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/uuid.hpp"

#include "base/bytes.hpp"
#include "base/digest.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

constexpr std::string_view url_namespace = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";

} // namespace

std::string uuid_v5(std::string_view name_space, std::string_view name)
{
    std::string digits;
    for (char c : name_space)
        if (c != '-')
            digits += c;
    Hasher hasher(Algorithm::sha1);
    if (auto bytes = from_hex(digits))
        hasher.update(*bytes);
    hasher.update(name);
    std::string hex = hasher.finish_hex().substr(0, 32);
    hex[12] = '5';
    constexpr std::string_view variant = "89ab";
    std::size_t value = std::string_view("0123456789abcdef").find(hex[16]);
    hex[16] = variant[value & 3];
    return format_text("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4),
                       hex.substr(20));
}

std::string uuid_of(std::string_view name)
{
    static const std::string own = uuid_v5(url_namespace, "albs-tools");
    return uuid_v5(own, name);
}

} // namespace albs
