// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/bytes.hpp"

#include <array>

namespace albs {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<int, 256> reverse_of(std::string_view alphabet)
{
    std::array<int, 256> table{};
    for (int& value : table)
        value = -1;
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<int>(i);
    return table;
}
constexpr auto hex_values = reverse_of(hex_digits);
constexpr auto base64_values = reverse_of(base64_alphabet);

} // namespace

std::string to_hex(std::span<const std::uint8_t> bytes)
{
    std::string text;
    text.reserve(bytes.size() * 2);
    for (std::uint8_t byte : bytes) {
        text += hex_digits[byte >> 4];
        text += hex_digits[byte & 15];
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text)
{
    if (text.size() % 2 != 0)
        return fail(Kind::input, "odd number of hexadecimal digits");
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        int high = hex_values[static_cast<unsigned char>(text[i])];
        int low = hex_values[static_cast<unsigned char>(text[i + 1])];
        if (high < 0 || low < 0)
            return fail(Kind::input, "not a lower-case hexadecimal digit");
        bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return bytes;
}

std::string to_base64(std::span<const std::uint8_t> bytes)
{
    std::string text((bytes.size() + 2) / 3 * 4, '=');
    char* out = text.data();
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::size_t left = bytes.size() - i;
        unsigned group = static_cast<unsigned>(bytes[i] << 16);
        group |= left > 1 ? static_cast<unsigned>(bytes[i + 1] << 8) : 0U;
        group |= left > 2 ? bytes[i + 2] : 0U;
        *out++ = base64_alphabet[group >> 18 & 63];
        *out++ = base64_alphabet[group >> 12 & 63];
        if (left > 1)
            *out++ = base64_alphabet[group >> 6 & 63];
        if (left > 2)
            *out++ = base64_alphabet[group & 63];
    }
    return text;
}

std::string to_base64(std::string_view bytes)
{
    return to_base64(as_bytes(bytes));
}

Result<Bytes> from_base64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return fail(Kind::input, "base64 without its padding");
    std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
    Bytes bytes(text.size() / 4 * 3);
    std::uint8_t* out = bytes.data();
    int all = 0; // negative once a character is of another alphabet
    auto value = [&](std::size_t at) {
        int found = base64_values[static_cast<unsigned char>(text[at])];
        all |= found;
        return static_cast<unsigned>(found);
    };
    std::size_t whole = text.size() - (padding > 0 ? 4 : 0);
    for (std::size_t i = 0; i < whole; i += 4) {
        unsigned group = value(i) << 18 | value(i + 1) << 12 | value(i + 2) << 6 | value(i + 3);
        *out++ = static_cast<std::uint8_t>(group >> 16);
        *out++ = static_cast<std::uint8_t>(group >> 8);
        *out++ = static_cast<std::uint8_t>(group);
    }
    if (padding > 0) {
        unsigned group = value(whole) << 18 | value(whole + 1) << 12 | (padding == 1 ? value(whole + 2) << 6 : 0);
        if (all >= 0 && (group & (padding == 1 ? 0xffU : 0xffffU)) != 0)
            return fail(Kind::input, "base64 with non-zero trailing bits");
        *out++ = static_cast<std::uint8_t>(group >> 16);
        *out++ = static_cast<std::uint8_t>(group >> 8);
        bytes.resize(bytes.size() - padding);
    }
    if (all < 0)
        return fail(Kind::input, "not a base64 character");
    return bytes;
}

} // namespace albs
