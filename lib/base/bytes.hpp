// SPDX-License-Identifier: GPL-3.0-or-later
// Hexadecimal and base64 (RFC 4648 §8 lower case, §4 padded), strict on reading.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace albs {

using Bytes = std::vector<std::uint8_t>;

std::string to_hex(std::span<const std::uint8_t> bytes);
/// Lower-case hex only, even length; Kind::input otherwise.
Result<Bytes> from_hex(std::string_view text);

std::string to_base64(std::span<const std::uint8_t> bytes);
std::string to_base64(std::string_view bytes);
/// Padded standard alphabet; non-zero trailing bits, white space and missing padding are Kind::input, so that one
/// value has one spelling.
Result<Bytes> from_base64(std::string_view text);

inline std::span<const std::uint8_t> as_bytes(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(std::span<const std::uint8_t> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace albs
