// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/hex.hpp"

#include <array>

namespace albs
{
namespace
{

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
    Bytes bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        bool last = i + 4 == text.size();
        std::size_t padding = last && text[i + 3] == '=' ? (text[i + 2] == '=' ? 2U : 1U) : 0U;
        unsigned group = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            int value = k >= 4 - padding ? 0 : base64_values[static_cast<unsigned char>(text[i + k])];
            if (value < 0)
                return fail(Kind::input, "not a base64 character");
            group = group << 6 | static_cast<unsigned>(value);
        }
        if ((padding == 1 && (group & 0xff) != 0) || (padding == 2 && (group & 0xffff) != 0))
            return fail(Kind::input, "base64 with non-zero trailing bits");
        bytes.push_back(static_cast<std::uint8_t>(group >> 16));
        if (padding < 2)
            bytes.push_back(static_cast<std::uint8_t>(group >> 8 & 255));
        if (padding < 1)
            bytes.push_back(static_cast<std::uint8_t>(group & 255));
    }
    return bytes;
}

} // namespace albs
