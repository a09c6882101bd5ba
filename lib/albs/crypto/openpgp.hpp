// SPDX-License-Identifier: GPL-3.0-or-later
// The few parts of OpenPGP (RFC 4880) that both gpg/ and rpm/ need: armour, packet framing, who made a signature, and
// the framing of a new one. Pure: no key is ever here, private-key operations are gpg-agent's.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs::openpgp {

/// 40 hex digits in any case, spaces allowed; upper-case hex. Kind::usage for key ids and names: they are ambiguous.
Result<std::string> parse_fingerprint(std::string_view text);

/// "-----BEGIN KIND-----" … with its CRC-24 (RFC 4880 §6); kind is "PGP SIGNATURE" and the like.
std::string armor(std::string_view kind, std::span<const std::uint8_t> bytes);
/// Binary packets as they are; of a text, the bytes of every armoured block, one after the other. Kind::input.
Result<Bytes> dearmor(std::string_view text);

struct Packet {
    unsigned tag = 0;
    std::span<const std::uint8_t> body;  ///< without the header
    std::span<const std::uint8_t> whole; ///< with it
};
constexpr unsigned signature_tag = 2;
constexpr unsigned public_key_tag = 6;
constexpr unsigned public_subkey_tag = 14;

/// The packets of a binary stream, which must outlive them; partial lengths are Kind::input.
Result<std::vector<Packet>> read_packets(std::span<const std::uint8_t> bytes);

/// A public key with its subkeys (transferable public key, RFC 4880 §11.1).
struct Certificate {
    std::string fingerprint;          ///< of the primary key, upper-case hex
    std::vector<std::string> subkeys; ///< fingerprints
    Bytes packets;
    /// The primary key or a subkey has this fingerprint, or this key id (16 digits).
    bool has(std::string_view fingerprint_or_id) const;
};
/// Every certificate of a file, armoured or binary. Kind::input when there is none; v4 keys only.
Result<std::vector<Certificate>> read_certificates(std::string_view text);
/// The same, but a key of another version does not refuse the others: passed_over says which there were.
Result<std::vector<Certificate>> read_certificates(std::string_view text, std::vector<std::string>& passed_over);

enum class KeyAlgorithm : std::uint8_t { rsa = 1, dsa = 17, eddsa = 22 };
enum class SignatureType : std::uint8_t { binary = 0x00, text = 0x01 };

/// What a signature packet says of itself; nothing of it is proved yet.
struct SignatureInfo {
    int type = 0;
    int key_algorithm = 0;
    int hash_algorithm = 0;
    std::int64_t created = 0; ///< seconds since 1970
    std::string issuer;       ///< fingerprint if it names one, else the key id; upper-case hex
};
/// Exactly one signature packet (v3 or v4). Kind::input otherwise.
Result<SignatureInfo> read_signature(std::span<const std::uint8_t> packet);
/// "rsa/sha256"; numbers for what has no name here.
std::string algorithm_text(const SignatureInfo& signature);

/// What a new v4 signature with SHA-256 says.
struct SignatureDraft {
    SignatureType type = SignatureType::binary;
    KeyAlgorithm algorithm = KeyAlgorithm::rsa;
    std::int64_t created = 0;
    std::string fingerprint; ///< 40 hex digits, of the key that signs
};
/// What is hashed after the data: the signature's own fields and the trailer (RFC 4880 §5.2.4).
Bytes hashed_tail(const SignatureDraft& draft);
/// The packet, byte for byte as GnuPG writes it. digest: of data and tail; numbers: the algorithm's (big-endian).
Bytes signature_packet(const SignatureDraft& draft, const Digest& digest, const std::vector<Bytes>& numbers);

} // namespace albs::openpgp
