// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/digest.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <openssl/evp.h>
#include <strings.h>
#include <unistd.h>
#include <vector>

#include "albs/hex.hpp"
#include "sys/fd.hpp"

namespace albs {
namespace {

struct NamedAlgorithm {
    Algorithm algorithm;
    const char* name;
};
constexpr NamedAlgorithm algorithms[] = {{Algorithm::md5, "md5"},
                                         {Algorithm::sha1, "sha1"},
                                         {Algorithm::sha256, "sha256"},
                                         {Algorithm::sha384, "sha384"},
                                         {Algorithm::sha512, "sha512"}};

// Fetched once: EVP_sha256() looks the implementation up again for every message, which doubles the cost of a Merkle
// node.
const EVP_MD* implementation(Algorithm algorithm)
{
    static const std::array<EVP_MD*, 5> fetched = [] {
        std::array<EVP_MD*, 5> all{};
        for (const NamedAlgorithm& named : algorithms)
            all[static_cast<std::size_t>(named.algorithm)] = EVP_MD_fetch(nullptr, named.name, nullptr);
        return all;
    }();
    return fetched[static_cast<std::size_t>(algorithm)];
}

Status hash_file(const std::string& path, std::span<Hasher> hashers, std::int64_t& size)
{
    sys::Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return sys::system_error("cannot open", path);
    (void)posix_fadvise(file.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
    constexpr std::size_t piece = std::size_t{256} * 1024;
    // Kept: to clear as much memory takes longer than to hash a small file.
    thread_local std::vector<std::uint8_t> buffer(piece);
    while (true) {
        ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return sys::system_error("cannot read", path);
        if (count == 0)
            return {};
        for (Hasher& hasher : hashers)
            hasher.update(std::span(buffer.data(), static_cast<std::size_t>(count)));
        size += count;
    }
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
    for (const NamedAlgorithm& named : algorithms)
        if (strcasecmp(named.name, wanted.c_str()) == 0)
            return named.algorithm;
    return fail(Kind::input, "unknown digest algorithm '" + wanted + "'");
}

std::string_view algorithm_name(Algorithm algorithm)
{
    return algorithms[static_cast<std::size_t>(algorithm)].name;
}

struct Hasher::State {
    Algorithm algorithm;
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    explicit State(Algorithm chosen) : algorithm(chosen) { restart(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { EVP_MD_CTX_free(context); }
    void restart() const
    {
        // Without memory or a crypto provider there is nothing a caller could do better.
        if (context == nullptr || EVP_DigestInit_ex(context, implementation(algorithm), nullptr) != 1)
            std::abort();
    }
};

Hasher::Hasher(Algorithm algorithm) : state_(std::make_unique<State>(algorithm)) {}
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;
Hasher::~Hasher() = default;

Hasher Hasher::copy() const
{
    Hasher other(state_->algorithm);
    if (EVP_MD_CTX_copy_ex(other.state_->context, state_->context) != 1)
        std::abort();
    return other;
}

void Hasher::update(std::span<const std::uint8_t> bytes)
{
    if (EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) != 1)
        std::abort();
}

void Hasher::update(std::string_view text)
{
    update(as_bytes(text));
}

std::string Hasher::finish_hex()
{
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    if (EVP_DigestFinal_ex(state_->context, bytes.data(), &size) != 1)
        std::abort();
    state_->restart();
    return to_hex(std::span(bytes.data(), size));
}

Digest Hasher::finish()
{
    std::array<std::uint8_t, Digest::size> bytes{};
    unsigned size = 0;
    if (state_->algorithm != Algorithm::sha256 ||
        EVP_DigestFinal_ex(state_->context, bytes.data(), &size) != 1)
        std::abort();
    state_->restart();
    return Digest(bytes);
}

Digest sha256(std::span<const std::uint8_t> bytes)
{
    thread_local Hasher hasher;
    hasher.update(bytes);
    return hasher.finish();
}

Digest sha256(std::string_view text)
{
    return sha256(as_bytes(text));
}

Result<FileDigest> digest_file(const std::string& path)
{
    Hasher hasher;
    FileDigest result;
    ALBS_CHECK(hash_file(path, std::span(&hasher, 1), result.size));
    result.sha256 = hasher.finish();
    return result;
}

Result<std::string> digest_file(const std::string& path, Algorithm algorithm)
{
    Hasher hasher(algorithm);
    std::int64_t size = 0;
    ALBS_CHECK(hash_file(path, std::span(&hasher, 1), size));
    return hasher.finish_hex();
}

Result<std::vector<std::string>> digest_file(const std::string& path, std::span<const Algorithm> algorithms)
{
    std::vector<Hasher> hashers;
    for (Algorithm algorithm : algorithms)
        hashers.emplace_back(algorithm);
    std::int64_t size = 0;
    ALBS_CHECK(hash_file(path, hashers, size));
    std::vector<std::string> digests;
    for (Hasher& hasher : hashers)
        digests.push_back(hasher.finish_hex());
    return digests;
}

} // namespace albs
