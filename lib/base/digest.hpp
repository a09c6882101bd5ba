// SPDX-License-Identifier: GPL-3.0-or-later
// Digests as values, and hashing of bytes, streams and files in one pass.
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace albs {

/// A SHA-256 value (FIPS 180-4), the name of every artifact.
class Digest {
public:
    static constexpr std::size_t size = 32;
    Digest() = default;
    explicit Digest(const std::array<std::uint8_t, size>& bytes) : bytes_(bytes) {}
    /// Exactly 64 lower-case hex digits; Kind::input otherwise.
    static Result<Digest> parse(std::string_view hex);
    static Result<Digest> from_bytes(std::span<const std::uint8_t> bytes);

    std::string hex() const;
    std::span<const std::uint8_t, size> bytes() const { return bytes_; }
    auto operator<=>(const Digest&) const = default;

private:
    std::array<std::uint8_t, size> bytes_{};
};

enum class Algorithm { md5, sha1, sha256, sha384, sha512 };
/// "sha256" and the like, in any case; Kind::input for an unknown name.
Result<Algorithm> parse_algorithm(std::string_view name);
std::string_view algorithm_name(Algorithm algorithm);

/// Incremental hashing; one object may be reused after finish().
class Hasher {
public:
    explicit Hasher(Algorithm algorithm = Algorithm::sha256);
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;
    ~Hasher();
    /// Another one that has been fed the same.
    Hasher copy() const;
    void update(std::span<const std::uint8_t> bytes);
    void update(std::string_view text);
    /// The digest's bytes; the hasher is then as new.
    std::string finish_hex();
    /// Only for Algorithm::sha256.
    Digest finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

Digest sha256(std::span<const std::uint8_t> bytes);
Digest sha256(std::string_view text);

} // namespace albs
