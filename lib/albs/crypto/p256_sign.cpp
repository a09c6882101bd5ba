// SPDX-License-Identifier: GPL-3.0-or-later
// OpenSSL does the curve and the numbers; this file does the nonce. Numbers that depend on the secret carry
// BN_FLG_CONSTTIME and live in secure contexts, which are wiped when freed.
#include "albs/crypto/p256_sign.hpp"

#include <algorithm>
#include <array>
#include <openssl/crypto.h>

#include "albs/crypto/p256_curve.hpp"
#include "base/digest.hpp"

namespace albs {
namespace {

constexpr std::size_t width = 32;
using Block = std::array<std::uint8_t, width>;

tl::unexpected<Error> broken()
{
    return fail(Kind::internal, "OpenSSL cannot compute on P-256");
}

// The HMAC_DRBG of RFC 6979 §3.2, for a hash as long as the order: qlen = hlen = 256 bits.
class NonceGenerator {
public:
    NonceGenerator(std::span<const std::uint8_t, width> secret, const Block& reduced_hash)
    {
        key_.fill(0);
        value_.fill(1);
        for (std::uint8_t separator : {std::uint8_t{0}, std::uint8_t{1}}) {
            std::array<std::uint8_t, 3 * width + 1> input{};
            auto* end = std::copy(value_.begin(), value_.end(), input.data());
            *end++ = separator;
            end = std::copy(secret.begin(), secret.end(), end);
            std::copy(reduced_hash.begin(), reduced_hash.end(), end);
            key_ = mac(input);
            OPENSSL_cleanse(input.data(), input.size());
            value_ = mac(value_);
        }
    }
    NonceGenerator(const NonceGenerator&) = delete;
    NonceGenerator& operator=(const NonceGenerator&) = delete;
    ~NonceGenerator()
    {
        OPENSSL_cleanse(key_.data(), width);
        OPENSSL_cleanse(value_.data(), width);
    }
    const Block& next()
    {
        value_ = mac(value_);
        return value_;
    }
    void reject()
    {
        Bytes input(value_.begin(), value_.end());
        input.push_back(0);
        key_ = mac(input);
        value_ = mac(value_);
    }

private:
    // HMAC (RFC 2104). OpenSSL's own looks its hash up at each call, which takes longer than the hashing.
    Block mac(std::span<const std::uint8_t> message) const
    {
        std::array<std::uint8_t, 64 + 3 * width + 1> inner{};
        std::array<std::uint8_t, 64 + width> outer{};
        std::fill_n(inner.begin(), 64, 0x36);
        outer.fill(0x5c);
        for (std::size_t i = 0; i < width; ++i) {
            inner[i] ^= key_[i];
            outer[i] ^= key_[i];
        }
        std::copy(message.begin(), message.end(), inner.begin() + 64);
        Digest digest = sha256(std::span<const std::uint8_t>(inner).first(64 + message.size()));
        std::copy(digest.bytes().begin(), digest.bytes().end(), outer.begin() + 64);
        digest = sha256(outer);
        OPENSSL_cleanse(inner.data(), inner.size());
        OPENSSL_cleanse(outer.data(), outer.size());
        Block out{};
        std::copy(digest.bytes().begin(), digest.bytes().end(), out.begin());
        return out;
    }
    Block key_{};
    Block value_{};
};

Number secret_number(std::span<const std::uint8_t> bytes)
{
    Number number(BN_secure_new());
    if (number && BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), number.get()) == nullptr)
        number.reset();
    if (number)
        BN_set_flags(number.get(), BN_FLG_CONSTTIME);
    return number;
}

Result<Number> secret_key(const Curve& curve, std::span<const std::uint8_t> bytes)
{
    Number number = secret_number(bytes);
    if (!number || bytes.size() != width || !curve.in_range(number.get()))
        return fail(Kind::input, "not a secret key of P-256");
    return number;
}

Result<Bytes> encode(Number r, Number s)
{
    std::unique_ptr<ECDSA_SIG, FreeCurve> signature(ECDSA_SIG_new());
    if (!signature || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1)
        return broken();
    (void)r.release();
    (void)s.release();
    std::array<std::uint8_t, 2 + 2 * (2 + 1 + width)> der{}; // two numbers, a zero before a first bit that is set
    std::uint8_t* end = der.data();
    if (i2d_ECDSA_SIG(signature.get(), &end) <= 0)
        return broken();
    return Bytes(der.data(), end);
}

// Signatures of one key on their way, all at the same step, so that they share what is dear: the two inverses that each
// would need.
class Signing {
public:
    Signing(const Curve& curve, std::span<const std::uint8_t> secret, Number secret_key)
        : curve_(curve), secret_(secret), secret_key_(std::move(secret_key))
    {
    }

    // The first step: a nonce and its point, in the coordinates that OpenSSL reckons in: (x, y, z) for (x/z², y/z³).
    bool begin(const Digest& message)
    {
        Number hash(BN_bin2bn(message.bytes().data(), width, nullptr));
        Block reduced{};
        if (!hash || !below_order(hash.get()) || BN_bn2binpad(hash.get(), reduced.data(), width) != width)
            return false;
        NonceGenerator generator(secret_.first<width>(), reduced);
        // Once in 2^32 messages the first nonce will not do.
        for (int attempt = 0; attempt < 64; ++attempt, generator.reject()) {
            Number nonce = secret_number(generator.next());
            if (!nonce)
                return false;
            if (!curve_.in_range(nonce.get()))
                continue;
            hashes_.push_back(std::move(hash));
            return take_point(std::move(nonce));
        }
        return false;
    }
    // The second: r and s of each.
    Result<std::vector<Bytes>> finish()
    {
        if (!curve_.scalars.enter(secret_key_.get()) || !curve_.scalars.invert_all(nonces_) ||
            !curve_.coordinates.invert_all(depths_))
            return broken();
        std::vector<Bytes> signatures;
        for (std::size_t i = 0; i < hashes_.size(); ++i) {
            Number s(BN_new());
            // Either is zero for a nonce or a secret key that one would have to look for.
            if (!s || !first_half(i) || BN_is_zero(firsts_[i].get()) || !second_half(i, s.get()) ||
                BN_is_zero(s.get()))
                return broken();
            ALBS_TRY(Bytes signature, encode(std::move(firsts_[i]), std::move(s)));
            signatures.push_back(std::move(signature));
        }
        return signatures;
    }

private:
    // number is below 2^256, which is less than twice the order.
    bool below_order(BIGNUM* number) const
    {
        return BN_cmp(number, curve_.order()) < 0 || BN_sub(number, number, curve_.order()) == 1;
    }
    bool take_point(Number nonce)
    {
        BN_CTX* context = curve_.context.get();
        Number x(BN_secure_new());
        Number z(BN_secure_new());
        const EC_GROUP* group = curve_.group.get();
        if (!x || !z || !point_ || EC_POINT_mul(group, point_.get(), nonce.get(), nullptr, nullptr, context) != 1)
            return false;
        // Deprecated, since few need them; EC_POINT_get_affine_coordinates divides by each z by itself.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
        if (EC_POINT_get_Jprojective_coordinates_GFp(group, point_.get(), x.get(), nullptr, z.get(), context) != 1)
            return false;
#pragma GCC diagnostic pop
        nonces_.push_back(std::move(nonce));
        firsts_.push_back(std::move(x));
        depths_.push_back(std::move(z));
        return true;
    }
    // The x-coordinate of the point, modulo the order.
    bool first_half(std::size_t i)
    {
        BIGNUM* inverse = depths_[i].get();
        BIGNUM* x = firsts_[i].get();
        return curve_.coordinates.multiply(inverse, inverse, inverse) && curve_.coordinates.multiply(x, x, inverse) &&
               below_order(x);
    }
    // (hash + r * secret) / nonce
    bool second_half(std::size_t i, BIGNUM* s) const
    {
        const Residues& scalars = curve_.scalars;
        return scalars.multiply(s, firsts_[i].get(), secret_key_.get()) && scalars.add(s, s, hashes_[i].get()) &&
               scalars.multiply(s, s, nonces_[i].get());
    }

    const Curve& curve_;
    std::span<const std::uint8_t> secret_;
    Number secret_key_; // the same; at last in the form of scalars
    Point point_{EC_POINT_new(curve_.group.get())};
    std::vector<Number> hashes_;
    std::vector<Number> nonces_; // at last their inverses
    std::vector<Number> firsts_; // x, at last r
    std::vector<Number> depths_; // z, at last their inverses
};

} // namespace

Result<std::vector<Bytes>> sign_p256(std::span<const std::uint8_t> secret, std::span<const Digest> messages)
{
    const Curve& curve = Curve::ours();
    if (!curve)
        return broken();
    ALBS_TRY(Number d, secret_key(curve, secret));
    Signing signing(curve, secret, std::move(d));
    for (const Digest& message : messages)
        if (!signing.begin(message))
            return broken();
    return signing.finish();
}

Result<Bytes> p256_point(std::span<const std::uint8_t> secret)
{
    const Curve& curve = Curve::ours();
    if (!curve)
        return broken();
    ALBS_TRY(Number d, secret_key(curve, secret));
    Point point(EC_POINT_new(curve.group.get()));
    Bytes out(65);
    if (!point || EC_POINT_mul(curve.group.get(), point.get(), d.get(), nullptr, nullptr, curve.context.get()) != 1 ||
        EC_POINT_point2oct(curve.group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, out.data(), out.size(),
                           curve.context.get()) != out.size())
        return broken();
    return out;
}

} // namespace albs
