// SPDX-License-Identifier: GPL-3.0-or-later
// ASCII armour (RFC 4880 §6): base64 in lines of 64, and a CRC-24, which is checked where it is there.
#include "albs/crypto/openpgp.hpp"

#include <optional>
#include <utility>

#include "base/format.hpp"
#include "base/text.hpp"

namespace albs::openpgp {
namespace {

Bytes crc24(std::span<const std::uint8_t> bytes)
{
    std::uint32_t crc = 0xb704ce;
    for (std::uint8_t byte : bytes) {
        crc ^= std::uint32_t{byte} << 16;
        for (int i = 0; i < 8; ++i) {
            crc <<= 1;
            if ((crc & 0x1000000U) != 0)
                crc ^= 0x1864cfb;
        }
    }
    return {static_cast<std::uint8_t>(crc >> 16), static_cast<std::uint8_t>(crc >> 8), static_cast<std::uint8_t>(crc)};
}

/// The next line, also a last one that does not end, without trailing white space; text moves behind it.
std::string_view next_line(std::string_view& text)
{
    std::optional<std::string_view> whole = take_line(text);
    std::string_view line = whole ? *whole : std::exchange(text, {});
    return line.substr(0, line.find_last_not_of(white_space) + 1);
}

/// From behind the BEGIN line to the END line.
Result<Bytes> read_block(std::string_view& text)
{
    while (!next_line(text).empty() && !text.empty()) {
    } // "Version: …" and the like, up to the empty line
    std::string base64;
    std::string checksum;
    while (!text.empty()) {
        std::string_view line = next_line(text);
        if (line.starts_with("-----END PGP ")) {
            ALBS_TRY(Bytes bytes, from_base64(base64));
            if (!checksum.empty() && checksum != to_base64(crc24(bytes)))
                return fail(Kind::input, "the checksum of the OpenPGP armour does not fit");
            return bytes;
        }
        if (line.starts_with("="))
            checksum = line.substr(1);
        else
            base64 += line;
    }
    return fail(Kind::input, "OpenPGP armour without its end");
}

} // namespace

std::string armor(std::string_view kind, std::span<const std::uint8_t> bytes)
{
    std::string base64 = to_base64(bytes);
    std::string out = "-----BEGIN " + std::string(kind) + "-----\n\n";
    for (std::size_t at = 0; at < base64.size(); at += 64)
        out += base64.substr(at, 64) + "\n";
    return format_text("{}={}\n-----END {}-----\n", out, to_base64(crc24(bytes)), kind);
}

Result<Bytes> dearmor(std::string_view text)
{
    if (!text.empty() && (static_cast<unsigned char>(text[0]) & 0x80) != 0)
        return Bytes(text.begin(), text.end());
    Bytes all;
    bool found = false;
    while (!text.empty()) {
        std::string_view line = next_line(text);
        // In a clear-signed text the signed lines come first; only blocks of bytes are wanted.
        if (!line.starts_with("-----BEGIN PGP ") || line == "-----BEGIN PGP SIGNED MESSAGE-----")
            continue;
        ALBS_TRY(Bytes bytes, read_block(text));
        all.insert(all.end(), bytes.begin(), bytes.end());
        found = true;
    }
    if (!found)
        return fail(Kind::input, "neither OpenPGP packets nor their armour");
    return all;
}

} // namespace albs::openpgp
