// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/crypto/openpgp.hpp"

#include <algorithm>
#include <cctype>

namespace albs::openpgp {
namespace {

using View = std::span<const std::uint8_t>;

std::string upper_hex(View bytes)
{
    std::string hex = to_hex(bytes);
    std::transform(hex.begin(), hex.end(), hex.begin(), [](char c) { return c >= 'a' ? char(c - 'a' + 'A') : c; });
    return hex;
}

std::size_t number(View bytes)
{
    std::size_t value = 0;
    for (std::uint8_t byte : bytes)
        value = value << 8 | byte;
    return value;
}

void put(Bytes& out, std::size_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; --i)
        out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

/// Length of the header and of the body; a body of no stated length is a false.
struct Frame {
    std::size_t header = 0;
    std::size_t body = 0;
};

bool read_frame(View bytes, Frame& frame)
{
    auto sized = [&](std::size_t at, std::size_t count) {
        if (bytes.size() < at + count)
            return false;
        frame = {at + count, number(bytes.subspan(at, count))};
        return true;
    };
    if ((bytes[0] & 0x40) == 0) {
        unsigned kind = bytes[0] & 3U;
        return kind != 3 && sized(1, std::size_t{1} << kind);
    }
    if (bytes.size() < 2)
        return false;
    if (bytes[1] < 192)
        return sized(1, 1);
    if (bytes[1] == 255)
        return sized(2, 4);
    if (bytes[1] >= 224 || bytes.size() < 3)
        return false;
    frame = {3, ((bytes[1] - 192U) << 8) + bytes[2] + 192};
    return true;
}

/// RFC 4880 §12.2: SHA-1 over 0x99, the length and the packet's body.
std::string fingerprint_of(View body)
{
    Bytes head{0x99};
    put(head, body.size(), 2);
    Hasher hasher(Algorithm::sha1);
    hasher.update(head);
    hasher.update(body);
    auto bytes = from_hex(hasher.finish_hex());
    return bytes ? upper_hex(*bytes) : "";
}

/// Fills what the subpackets say (RFC 4880 §5.2.3.1); false on a bad length.
bool read_subpackets(View area, SignatureInfo& info)
{
    while (!area.empty()) {
        std::size_t header = area[0] < 192 ? 1 : area[0] < 255 ? 2 : 5;
        if (area.size() < header)
            return false;
        std::size_t length = header == 1   ? area[0]
                             : header == 2 ? ((area[0] - 192U) << 8) + area[1] + 192
                                           : number(area.subspan(1, 4));
        if (length == 0 || area.size() - header < length)
            return false;
        View data = area.subspan(header + 1, length - 1);
        unsigned type = area[header] & 0x7fU;
        if (type == 2 && data.size() == 4)
            info.created = static_cast<std::int64_t>(number(data));
        else if (type == 33 && data.size() == 21)
            info.issuer = upper_hex(data.subspan(1));
        else if (type == 16 && data.size() == 8 && info.issuer.empty())
            info.issuer = upper_hex(data);
        area = area.subspan(header + length);
    }
    return true;
}

/// From the version byte to the end of the hashed subpackets: what the signature covers of itself.
Bytes hashed_fields(const SignatureDraft& draft)
{
    Bytes fingerprint;
    for (std::size_t i = 0; i + 1 < draft.fingerprint.size(); i += 2)
        fingerprint.push_back(static_cast<std::uint8_t>(std::stoul(draft.fingerprint.substr(i, 2), nullptr, 16)));
    Bytes out{4, static_cast<std::uint8_t>(draft.type), static_cast<std::uint8_t>(draft.algorithm), 8 /* SHA-256 */};
    put(out, 2 + 1 + fingerprint.size() + 6, 2);
    out.push_back(static_cast<std::uint8_t>(2 + fingerprint.size()));
    out.push_back(33); // issuer's fingerprint, of a version 4 key
    out.push_back(4);
    out.insert(out.end(), fingerprint.begin(), fingerprint.end());
    out.push_back(5);
    out.push_back(2); // creation time
    put(out, static_cast<std::size_t>(draft.created), 4);
    return out;
}

} // namespace

Result<std::string> parse_fingerprint(std::string_view given)
{
    std::string fingerprint;
    bool hex = true;
    for (char c : given) {
        if (c == ' ')
            continue;
        hex = hex && std::isxdigit(static_cast<unsigned char>(c)) != 0;
        fingerprint += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    if (!hex || fingerprint.size() != 40)
        return fail(Kind::usage, "'" + std::string(given) + "' is not the fingerprint of a key",
                    "all 40 hexadecimal digits are wanted, as gpg --list-secret-keys prints them");
    return fingerprint;
}

Result<std::vector<Packet>> read_packets(View bytes)
{
    std::vector<Packet> packets;
    while (!bytes.empty()) {
        Frame frame;
        if ((bytes[0] & 0x80) == 0 || !read_frame(bytes, frame) || bytes.size() - frame.header < frame.body)
            return fail(Kind::input, "not OpenPGP data, or cut short");
        unsigned tag = (bytes[0] & 0x40) != 0 ? bytes[0] & 0x3fU : (bytes[0] >> 2) & 0xfU;
        packets.push_back({tag, bytes.subspan(frame.header, frame.body), bytes.first(frame.header + frame.body)});
        bytes = bytes.subspan(frame.header + frame.body);
    }
    return packets;
}

bool Certificate::has(std::string_view wanted) const
{
    auto matches = [&](std::string_view mine) {
        return mine == wanted || (wanted.size() == 16 && mine.size() > 16 && mine.ends_with(wanted));
    };
    return matches(fingerprint) || std::any_of(subkeys.begin(), subkeys.end(), matches);
}

Result<std::vector<Certificate>> read_certificates(std::string_view text, std::vector<std::string>& passed_over)
{
    ALBS_TRY(Bytes bytes, dearmor(text));
    ALBS_TRY(std::vector<Packet> packets, read_packets(bytes));
    std::vector<Certificate> found;
    bool is_passed_over = false;
    for (const Packet& packet : packets) {
        const bool is_primary = packet.tag == public_key_tag;
        const bool is_other =
            (is_primary || packet.tag == public_subkey_tag) && (packet.body.empty() || packet.body[0] != 4);
        if (is_other) {
            passed_over.push_back(packet.body.empty() ? "an empty key"
                                                      : "a key of version " + std::to_string(packet.body[0]));
            is_passed_over = is_passed_over || is_primary;
            continue;
        }
        if (is_primary) {
            found.push_back({fingerprint_of(packet.body), {}, {}});
            is_passed_over = false;
        }
        if (is_passed_over)
            continue;
        if (found.empty())
            return fail(Kind::input, "no public key at the start");
        if (packet.tag == public_subkey_tag)
            found.back().subkeys.push_back(fingerprint_of(packet.body));
        found.back().packets.insert(found.back().packets.end(), packet.whole.begin(), packet.whole.end());
    }
    if (found.empty())
        return fail(Kind::input, passed_over.empty() ? "no public key" : "no public key but " + passed_over.front());
    return found;
}

Result<std::vector<Certificate>> read_certificates(std::string_view text)
{
    std::vector<std::string> passed_over;
    ALBS_TRY(std::vector<Certificate> found, read_certificates(text, passed_over));
    if (!passed_over.empty())
        return fail(Kind::input, "a key of a version other than 4");
    return found;
}

Result<SignatureInfo> read_signature(View bytes)
{
    ALBS_TRY(std::vector<Packet> packets, read_packets(bytes));
    if (packets.size() != 1 || packets[0].tag != signature_tag)
        return fail(Kind::input, "not one OpenPGP signature");
    View body = packets[0].body;
    SignatureInfo info;
    if (body.size() >= 19 && body[0] == 3) {
        info = {.type = body[2],
                .key_algorithm = body[15],
                .hash_algorithm = body[16],
                .created = static_cast<std::int64_t>(number(body.subspan(3, 4))),
                .issuer = upper_hex(body.subspan(7, 8))};
        return info;
    }
    if (body.size() < 8 || body[0] != 4)
        return fail(Kind::input, "an OpenPGP signature of an unknown version");
    info = {.type = body[1], .key_algorithm = body[2], .hash_algorithm = body[3], .issuer = {}};
    std::size_t hashed = number(body.subspan(4, 2));
    if (body.size() < 6 + hashed + 2)
        return fail(Kind::input, "an OpenPGP signature that is cut short");
    std::size_t free = number(body.subspan(6 + hashed, 2));
    if (body.size() < 8 + hashed + free || !read_subpackets(body.subspan(6, hashed), info))
        return fail(Kind::input, "an OpenPGP signature that is cut short");
    // Of what is not signed only the key id is read: it is a hint, the key decides.
    SignatureInfo hint;
    if (!read_subpackets(body.subspan(8 + hashed, free), hint))
        return fail(Kind::input, "an OpenPGP signature that is cut short");
    if (info.issuer.empty())
        info.issuer = hint.issuer;
    return info;
}

std::string algorithm_text(const SignatureInfo& signature)
{
    static constexpr std::pair<int, std::string_view> keys[] = {
        {1, "rsa"}, {3, "rsa"}, {17, "dsa"}, {19, "ecdsa"}, {22, "eddsa"}};
    static constexpr std::pair<int, std::string_view> hashes[] = {{1, "md5"},    {2, "sha1"},    {8, "sha256"},
                                                                  {9, "sha384"}, {10, "sha512"}, {11, "sha224"}};
    auto name = [](auto& table, int wanted) {
        for (const auto& [id, text] : table)
            if (id == wanted)
                return std::string(text);
        return std::to_string(wanted);
    };
    return name(keys, signature.key_algorithm) + "/" + name(hashes, signature.hash_algorithm);
}

Bytes hashed_tail(const SignatureDraft& draft)
{
    Bytes out = hashed_fields(draft);
    std::size_t length = out.size();
    out.push_back(4);
    out.push_back(0xff);
    put(out, length, 4);
    return out;
}

Bytes signature_packet(const SignatureDraft& draft, const Digest& digest, const std::vector<Bytes>& numbers)
{
    Bytes body = hashed_fields(draft);
    put(body, 10, 2);
    body.push_back(9);
    body.push_back(16); // key id: the last 8 bytes of the fingerprint, which stands at 9..29 of the fields
    body.insert(body.end(), body.begin() + 9 + 12, body.begin() + 9 + 20);
    body.insert(body.end(), digest.bytes().begin(), digest.bytes().begin() + 2);
    for (const Bytes& value : numbers) {
        auto first = std::find_if(value.begin(), value.end(), [](std::uint8_t byte) { return byte != 0; });
        std::size_t bits = static_cast<std::size_t>(value.end() - first) * 8;
        for (unsigned mask = 0x80; first != value.end() && (*first & mask) == 0; mask >>= 1)
            --bits;
        put(body, bits, 2);
        body.insert(body.end(), first, value.end());
    }
    bool small = body.size() < 256;
    Bytes packet{static_cast<std::uint8_t>(0x80 | signature_tag << 2 | (small ? 0 : 1))};
    put(packet, body.size(), small ? 1 : 2);
    packet.insert(packet.end(), body.begin(), body.end());
    return packet;
}

} // namespace albs::openpgp
