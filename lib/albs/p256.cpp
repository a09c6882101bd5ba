// SPDX-License-Identifier: GPL-3.0-or-later
// OpenSSL does the curve and the numbers; this file does the nonce. Numbers that depend on the secret carry
// BN_FLG_CONSTTIME and live in secure contexts, which are wiped when freed.
#include "albs/p256.hpp"

#include <algorithm>
#include <array>
#include <openssl/crypto.h>

#include "albs/digest.hpp"
#include "albs/p256_curve.hpp"

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
    NonceGenerator(std::span<const std::uint8_t> secret, std::span<const std::uint8_t> reduced_hash)
    {
        key_.fill(0);
        value_.fill(1);
        for (std::uint8_t separator : {std::uint8_t{0}, std::uint8_t{1}}) {
            Bytes input(value_.begin(), value_.end());
            input.push_back(separator);
            input.insert(input.end(), secret.begin(), secret.end());
            input.insert(input.end(), reduced_hash.begin(), reduced_hash.end());
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
        Bytes inner(64, 0x36);
        std::array<std::uint8_t, 64 + width> outer{};
        outer.fill(0x5c);
        for (std::size_t i = 0; i < width; ++i) {
            inner[i] ^= key_[i];
            outer[i] ^= key_[i];
        }
        inner.insert(inner.end(), message.begin(), message.end());
        Digest digest = sha256(inner);
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

// x-coordinate of k times the base point, modulo the order.
bool first_half(const Curve& curve, const BIGNUM* k, BIGNUM* r)
{
    BN_CTX* context = curve.context.get();
    Point point(EC_POINT_new(curve.group.get()));
    return point && EC_POINT_mul(curve.group.get(), point.get(), k, nullptr, nullptr, context) == 1 &&
           EC_POINT_get_affine_coordinates(curve.group.get(), point.get(), r, nullptr, context) == 1 &&
           BN_nnmod(r, r, curve.order(), context) == 1;
}

// (hash + r * secret) / k
bool second_half(const Curve& curve, const BIGNUM* inverse, const BIGNUM* secret, const BIGNUM* hash, const BIGNUM* r,
                 BIGNUM* s)
{
    BN_CTX* context = curve.context.get();
    return BN_mod_mul(s, r, secret, curve.order(), context) == 1 &&
           BN_mod_add(s, s, hash, curve.order(), context) == 1 &&
           BN_mod_mul(s, s, inverse, curve.order(), context) == 1;
}

// Fermat's inverse: which products are made depends on the exponent alone, which is public, and one takes the same time
// for every number. So without the flag, which asks OpenSSL to hide the exponent.
bool invert(const Curve& curve, BIGNUM* number)
{
    Number exponent(BN_dup(curve.order()));
    Number base(BN_secure_new());
    return exponent && base && BN_copy(base.get(), number) != nullptr && BN_sub_word(exponent.get(), 2) == 1 &&
           BN_mod_exp_mont(number, base.get(), exponent.get(), curve.order(), curve.context.get(),
                           EC_GROUP_get_mont_data(curve.group.get())) == 1;
}

// The inverses of all, for one inverse and three products each (Montgomery). They take the places of the numbers.
bool invert_all(const Curve& curve, std::vector<Number>& numbers)
{
    BN_CTX* context = curve.context.get();
    std::vector<Number> products; // [i]: of the numbers before i
    Number product(BN_secure_new());
    if (!product || BN_one(product.get()) != 1)
        return false;
    for (const Number& number : numbers) {
        products.emplace_back(BN_secure_new());
        if (!products.back() || BN_copy(products.back().get(), product.get()) == nullptr ||
            BN_mod_mul(product.get(), product.get(), number.get(), curve.order(), context) != 1)
            return false;
    }
    if (!invert(curve, product.get()))
        return false;
    for (std::size_t i = numbers.size(); i-- > 0;) {
        if (BN_mod_mul(products[i].get(), products[i].get(), product.get(), curve.order(), context) != 1 ||
            BN_mod_mul(product.get(), product.get(), numbers[i].get(), curve.order(), context) != 1)
            return false;
        numbers[i].swap(products[i]);
    }
    return true;
}

Result<Bytes> encode(Number r, Number s)
{
    std::unique_ptr<ECDSA_SIG, FreeCurve> signature(ECDSA_SIG_new());
    if (!signature || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1)
        return broken();
    (void)r.release();
    (void)s.release();
    int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    if (size <= 0)
        return broken();
    Bytes der(static_cast<std::size_t>(size));
    std::uint8_t* end = der.data();
    (void)i2d_ECDSA_SIG(signature.get(), &end);
    return der;
}

} // namespace

Result<std::vector<Bytes>> sign_p256(std::span<const std::uint8_t> secret, std::span<const Digest> messages)
{
    const Curve& curve = Curve::ours();
    if (!curve)
        return broken();
    Number d = secret_number(secret);
    if (!d || secret.size() != width || !curve.in_range(d.get()))
        return fail(Kind::input, "not a secret key of P-256");
    std::vector<Number> hashes;
    std::vector<Number> nonces;
    std::vector<Number> firsts;
    for (const Digest& digest : messages) {
        Number z(BN_bin2bn(digest.bytes().data(), width, nullptr));
        Block reduced{};
        if (!z || BN_nnmod(z.get(), z.get(), curve.order(), curve.context.get()) != 1 ||
            BN_bn2binpad(z.get(), reduced.data(), width) != width)
            return broken();
        NonceGenerator generator(secret, reduced);
        Number k = secret_number(generator.next());
        Number r(BN_new());
        bool good = false;
        // Once in 2^32 messages the first nonce will not do.
        for (int attempt = 0; k && r && !good && attempt < 64; ++attempt) {
            good = curve.in_range(k.get()) && first_half(curve, k.get(), r.get()) && !BN_is_zero(r.get());
            if (!good) {
                generator.reject();
                k = secret_number(generator.next());
            }
        }
        if (!good)
            return broken();
        hashes.push_back(std::move(z));
        nonces.push_back(std::move(k));
        firsts.push_back(std::move(r));
    }
    if (!invert_all(curve, nonces))
        return broken();
    std::vector<Bytes> signatures;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        Number s(BN_new());
        // s is zero for one secret key, which one would have to look for.
        if (!s || !second_half(curve, nonces[i].get(), d.get(), hashes[i].get(), firsts[i].get(), s.get()) ||
            BN_is_zero(s.get()))
            return broken();
        ALBS_TRY(Bytes signature, encode(std::move(firsts[i]), std::move(s)));
        signatures.push_back(std::move(signature));
    }
    return signatures;
}

Result<Bytes> p256_point(std::span<const std::uint8_t> secret)
{
    const Curve& curve = Curve::ours();
    if (!curve)
        return broken();
    Number d = secret_number(secret);
    if (!d || secret.size() != width || !curve.in_range(d.get()))
        return fail(Kind::input, "not a secret key of P-256");
    Point point(EC_POINT_new(curve.group.get()));
    Bytes out(65);
    if (!point || EC_POINT_mul(curve.group.get(), point.get(), d.get(), nullptr, nullptr, curve.context.get()) != 1 ||
        EC_POINT_point2oct(curve.group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, out.data(), out.size(),
                           curve.context.get()) != out.size())
        return broken();
    return out;
}

} // namespace albs
