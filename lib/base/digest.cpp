// SPDX-License-Identifier: GPL-3.0-or-later
// Hashing is libcrypto's, by its direct functions. The first EVP fetch of a process reads the configuration and sets up
// all providers, which is a third of the instructions of a run without work; an EVP digest of a Merkle node costs twice
// the hashing itself; and a FIPS provider has no MD5, with which old dist-git repositories name their lookaside files.
// OpenSSL calls these functions deprecated in favour of providers; each of its versions has them.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/digest.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <openssl/md5.h>
#include <openssl/sha.h>
#include <strings.h>
#include <vector>

#include "base/bytes.hpp"

namespace albs {
namespace {

union Context {
    MD5_CTX md5;
    SHA_CTX sha1;
    SHA256_CTX sha256;
    SHA512_CTX sha512; // of SHA-384, too
};

struct Implementation {
    Algorithm algorithm;
    const char* name;
    std::size_t size; // of the digest, in bytes
    int (*init)(Context&);
    int (*update)(Context&, const void*, std::size_t);
    int (*final)(unsigned char*, Context&);
};

template <auto Part, auto Init, auto Update, auto Final>
constexpr Implementation implementation(Algorithm algorithm, const char* name, std::size_t size)
{
    return {algorithm, name, size, [](Context& context) { return Init(&(context.*Part)); },
            [](Context& context, const void* data, std::size_t count) { return Update(&(context.*Part), data, count); },
            [](unsigned char* digest, Context& context) { return Final(digest, &(context.*Part)); }};
}

// In the order of Algorithm.
constexpr Implementation implementations[] = {
    implementation<&Context::md5, MD5_Init, MD5_Update, MD5_Final>(Algorithm::md5, "md5", MD5_DIGEST_LENGTH),
    implementation<&Context::sha1, SHA1_Init, SHA1_Update, SHA1_Final>(Algorithm::sha1, "sha1", SHA_DIGEST_LENGTH),
    implementation<&Context::sha256, SHA256_Init, SHA256_Update, SHA256_Final>(Algorithm::sha256, "sha256",
                                                                               SHA256_DIGEST_LENGTH),
    implementation<&Context::sha512, SHA384_Init, SHA384_Update, SHA384_Final>(Algorithm::sha384, "sha384",
                                                                               SHA384_DIGEST_LENGTH),
    implementation<&Context::sha512, SHA512_Init, SHA512_Update, SHA512_Final>(Algorithm::sha512, "sha512",
                                                                               SHA512_DIGEST_LENGTH)};

// The direct functions cannot fail but for a broken libcrypto; nobody could do better then than end.
void must(bool done)
{
    if (!done)
        std::abort();
}

} // namespace

Result<Digest> Digest::parse(std::string_view hex)
{
    if (hex.size() != size * 2)
        return fail(Kind::input, "not a SHA-256: '" + std::string(hex.substr(0, 80)) + "'");
    ALBS_TRY(Bytes bytes, from_hex(hex));
    return from_bytes(bytes);
}

Result<Digest> Digest::from_bytes(std::span<const std::uint8_t> bytes)
{
    if (bytes.size() != size)
        return fail(Kind::input, "a SHA-256 has 32 bytes, not " + std::to_string(bytes.size()));
    Digest digest;
    std::copy(bytes.begin(), bytes.end(), digest.bytes_.begin());
    return digest;
}

std::string Digest::hex() const
{
    return to_hex(bytes_);
}

Result<Algorithm> parse_algorithm(std::string_view name)
{
    std::string wanted(name);
    for (const Implementation& known : implementations)
        if (strcasecmp(known.name, wanted.c_str()) == 0)
            return known.algorithm;
    return fail(Kind::input, "unknown digest algorithm '" + wanted + "'");
}

std::string_view algorithm_name(Algorithm algorithm)
{
    return implementations[static_cast<std::size_t>(algorithm)].name;
}

struct Hasher::State {
    const Implementation& by;
    Context context;
    explicit State(const Implementation& chosen) : by(chosen) { must(by.init(context) == 1); }
    // The digest goes to BYTES (by.size of them); the state is then as new.
    void finish(unsigned char* bytes) { must(by.final(bytes, context) == 1 && by.init(context) == 1); }
};

Hasher::Hasher(Algorithm algorithm)
    : state_(std::make_unique<State>(implementations[static_cast<std::size_t>(algorithm)]))
{
}
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;
Hasher::~Hasher() = default;

Hasher Hasher::copy() const
{
    Hasher other(state_->by.algorithm);
    other.state_->context = state_->context;
    return other;
}

void Hasher::update(std::span<const std::uint8_t> bytes)
{
    must(state_->by.update(state_->context, bytes.data(), bytes.size()) == 1);
}

void Hasher::update(std::string_view text)
{
    update(as_bytes(text));
}

std::string Hasher::finish_hex()
{
    std::array<std::uint8_t, SHA512_DIGEST_LENGTH> bytes{};
    state_->finish(bytes.data());
    return to_hex(std::span(bytes.data(), state_->by.size));
}

Digest Hasher::finish()
{
    must(state_->by.algorithm == Algorithm::sha256);
    std::array<std::uint8_t, Digest::size> bytes{};
    state_->finish(bytes.data());
    return Digest(bytes);
}

Digest sha256(std::span<const std::uint8_t> bytes)
{
    SHA256_CTX state;
    std::array<std::uint8_t, Digest::size> digest{};
    must(SHA256_Init(&state) == 1 && SHA256_Update(&state, bytes.data(), bytes.size()) == 1 &&
                        SHA256_Final(digest.data(), &state) == 1);
    return Digest(digest);
}

Digest sha256(std::string_view text)
{
    return sha256(as_bytes(text));
}

} // namespace albs
