// SPDX-License-Identifier: GPL-3.0-or-later
// OpenSSL's numbers, and what is reckoned with them modulo P-256's prime and its order.
#pragma once
#include <memory>
#include <openssl/bn.h>
#include <utility>
#include <vector>

namespace albs {

struct FreeNumber {
    void operator()(BIGNUM* number) const { BN_clear_free(number); }
    void operator()(BN_CTX* context) const { BN_CTX_free(context); }
    void operator()(BN_MONT_CTX* form) const { BN_MONT_CTX_free(form); }
};
using Number = std::unique_ptr<BIGNUM, FreeNumber>;

// Numbers modulo an odd prime. A product in Montgomery's form takes a third of BN_mod_mul's time, which divides, and
// the same time for all numbers. All are below the modulus; what fails (memory) gives false.
class Residues {
public:
    Residues(const BIGNUM* modulus, BN_CTX* context) : context_(context)
    {
        if (form_ && (modulus == nullptr || BN_MONT_CTX_set(form_.get(), modulus, context) != 1))
            form_.reset();
        modulus_ = modulus;
    }
    explicit operator bool() const { return form_ != nullptr; }
    const BIGNUM* modulus() const { return modulus_; }
    // Into the form that multiply() expects of one factor, to get a product out of the form, or of both.
    bool enter(BIGNUM* number) const { return BN_to_montgomery(number, number, form_.get(), context_) == 1; }
    bool multiply(BIGNUM* product, const BIGNUM* a, const BIGNUM* b) const
    {
        return BN_mod_mul_montgomery(product, a, b, form_.get(), context_) == 1;
    }
    bool add(BIGNUM* sum, const BIGNUM* a, const BIGNUM* b) const { return BN_mod_add_quick(sum, a, b, modulus_) == 1; }
    // The inverse of a number that is not zero: both in the form.
    bool invert(BIGNUM* number) const;
    // The inverses of all, none of which is zero, for one inverse and three products each. They come in the form, in
    // the places of the numbers, which are not in it.
    bool invert_all(std::vector<Number>& numbers) const;

private:
    const BIGNUM* modulus_ = nullptr;
    BN_CTX* context_;
    std::unique_ptr<BN_MONT_CTX, FreeNumber> form_{BN_MONT_CTX_new()};
};

} // namespace albs
