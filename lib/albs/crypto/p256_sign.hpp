// SPDX-License-Identifier: GPL-3.0-or-later
// ECDSA on P-256 with SHA-256 and the deterministic nonces of RFC 6979.
#pragma once
#include <span>
#include <vector>

#include "base/bytes.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"

namespace albs {

/// DER signature of each message, given by its SHA-256; many at once cost a third of as many one by one. secret: big
/// endian, 32 bytes, in [1, order); Kind::input otherwise.
Result<std::vector<Bytes>> sign_p256(std::span<const std::uint8_t> secret, std::span<const Digest> messages);
/// The uncompressed point (65 bytes) of a secret.
Result<Bytes> p256_point(std::span<const std::uint8_t> secret);

} // namespace albs
