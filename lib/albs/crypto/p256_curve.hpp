// SPDX-License-Identifier: GPL-3.0-or-later
// OpenSSL's P-256 for the two files that compute on it.
#pragma once
#include <memory>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/objects.h>

#include "albs/crypto/p256_residues.hpp"

namespace albs {

struct FreeCurve {
    void operator()(EC_GROUP* group) const { EC_GROUP_free(group); }
    void operator()(EC_POINT* point) const { EC_POINT_clear_free(point); }
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};
using Point = std::unique_ptr<EC_POINT, FreeCurve>;

// The curve with the numbers that every signature needs.
struct Curve {
    std::unique_ptr<EC_GROUP, FreeCurve> group{EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)};
    std::unique_ptr<BN_CTX, FreeNumber> context{BN_CTX_secure_new()};
    Residues scalars{order(), context.get()};
    Residues coordinates{group ? EC_GROUP_get0_field(group.get()) : nullptr, context.get()};
    const BIGNUM* order() const { return group ? EC_GROUP_get0_order(group.get()) : nullptr; }
    explicit operator bool() const { return group && context && scalars && coordinates; }
    // Made once for each thread: setting up the curve takes as long as a signature.
    static const Curve& ours()
    {
        thread_local Curve curve;
        return curve;
    }
    bool in_range(const BIGNUM* number) const { return !BN_is_zero(number) && BN_cmp(number, order()) < 0; }
};

} // namespace albs
