// SPDX-License-Identifier: GPL-3.0-or-later
// FIPS 186-5 §6.4.2. OpenSSL has multiples of the base point, which make its products four times as fast; the same are
// made here of the key's point, by giving a copy of the curve that point as its base.
#include "albs/crypto/p256_verify.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <openssl/crypto.h>

#include "albs/crypto/p256_curve.hpp"

namespace albs {

struct P256Verifier::State {
    std::unique_ptr<EC_GROUP, FreeCurve> curve; // whose base point is the key
};

P256Verifier::P256Verifier(std::unique_ptr<const State> state) : state_(std::move(state)) {}
P256Verifier::~P256Verifier() = default;

std::shared_ptr<const P256Verifier> P256Verifier::make(std::span<const std::uint8_t> point)
{
    const Curve& ours = Curve::ours();
    if (!ours)
        return nullptr;
    auto state = std::make_unique<State>();
    state->curve.reset(EC_GROUP_dup(ours.group.get()));
    EC_GROUP* curve = state->curve.get();
    Point key(curve != nullptr ? EC_POINT_new(curve) : nullptr);
    // Deprecated, since OpenSSL does so for its own base points by itself; there is no other call.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    if (!key || EC_POINT_oct2point(curve, key.get(), point.data(), point.size(), ours.context.get()) != 1 ||
        EC_GROUP_set_generator(curve, key.get(), ours.order(), EC_GROUP_get0_cofactor(ours.group.get())) != 1 ||
        EC_GROUP_precompute_mult(curve, ours.context.get()) != 1)
        return nullptr;
#pragma GCC diagnostic pop
    return std::shared_ptr<const P256Verifier>(new P256Verifier(std::move(state)));
}

std::shared_ptr<const P256Verifier> P256Verifier::of_busy_key(std::span<const std::uint8_t> point)
{
    constexpr std::size_t busy = 2000; // it costs 24 ms and saves 30 us each
    constexpr std::size_t most = 64;
    struct Key {
        std::size_t asked = 0;
        std::shared_ptr<const P256Verifier> verifier;
    };
    static std::mutex mutex;
    static std::map<Bytes, Key> keys;
    Bytes name(point.begin(), point.end());
    {
        std::lock_guard guard(mutex);
        if (keys.size() >= most && !keys.contains(name))
            keys.clear();
        Key& key = keys[name];
        if (key.verifier || ++key.asked != busy)
            return key.verifier;
    }
    std::shared_ptr<const P256Verifier> made = make(point); // by one thread; the others go on without
    std::lock_guard guard(mutex);
    return keys[std::move(name)].verifier = made;
}

bool P256Verifier::verify(const Digest& message, std::span<const std::uint8_t> signature) const
{
    const Curve& ours = Curve::ours();
    if (!ours)
        return false;
    const std::uint8_t* end = signature.data();
    std::unique_ptr<ECDSA_SIG, FreeCurve> read(d2i_ECDSA_SIG(nullptr, &end, static_cast<long>(signature.size())));
    if (!read)
        return false;
    std::uint8_t* spelled = nullptr;
    int size = i2d_ECDSA_SIG(read.get(), &spelled);
    bool same = size > 0 && std::equal(signature.begin(), signature.end(), spelled, spelled + size);
    OPENSSL_free(spelled);
    const BIGNUM* r = ECDSA_SIG_get0_r(read.get());
    const BIGNUM* s = ECDSA_SIG_get0_s(read.get());
    auto in_range = [&](const BIGNUM* number) { return !BN_is_negative(number) && ours.in_range(number); };
    if (!same || !in_range(r) || !in_range(s))
        return false;
    BN_CTX* context = ours.context.get();
    Number of_base(BN_bin2bn(message.bytes().data(), Digest::size, nullptr));
    Number of_key(BN_new());
    Number inverse(BN_mod_inverse(nullptr, s, ours.order(), context));
    Number x(BN_new());
    Point sum(EC_POINT_new(ours.group.get()));
    Point other(EC_POINT_new(ours.group.get()));
    return of_base && of_key && inverse && x && sum && other &&
           BN_mod_mul(of_base.get(), of_base.get(), inverse.get(), ours.order(), context) == 1 &&
           BN_mod_mul(of_key.get(), r, inverse.get(), ours.order(), context) == 1 &&
           EC_POINT_mul(ours.group.get(), sum.get(), of_base.get(), nullptr, nullptr, context) == 1 &&
           EC_POINT_mul(state_->curve.get(), other.get(), of_key.get(), nullptr, nullptr, context) == 1 &&
           EC_POINT_add(ours.group.get(), sum.get(), sum.get(), other.get(), context) == 1 &&
           // Fails for the point at infinity, too.
           EC_POINT_get_affine_coordinates(ours.group.get(), sum.get(), x.get(), nullptr, context) == 1 &&
           BN_nnmod(x.get(), x.get(), ours.order(), context) == 1 && BN_cmp(x.get(), r) == 0;
}

} // namespace albs
