// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/crypto/p256_residues.hpp"

namespace albs {

// Fermat's: which products are made depends on the exponent alone, which is public, and one takes the same time for
// every number. So without BN_FLG_CONSTTIME, which asks OpenSSL to hide the exponent.
bool Residues::invert(BIGNUM* number) const
{
    Number exponent(BN_dup(modulus_));
    Number base(BN_secure_new());
    return exponent && base && BN_sub_word(exponent.get(), 2) == 1 &&
           BN_from_montgomery(base.get(), number, form_.get(), context_) == 1 &&
           BN_mod_exp_mont(number, base.get(), exponent.get(), modulus_, context_, form_.get()) == 1 && enter(number);
}

// Montgomery's trick: the inverse of the product of all, and from the last to the first, that of each.
bool Residues::invert_all(std::vector<Number>& numbers) const
{
    std::vector<Number> products; // [i]: of the numbers before i
    Number product(BN_secure_new());
    if (!product || BN_one(product.get()) != 1 || !enter(product.get()))
        return false;
    for (const Number& number : numbers) {
        products.emplace_back(BN_secure_new());
        if (!products.back() || BN_copy(products.back().get(), product.get()) == nullptr || !enter(number.get()) ||
            !multiply(product.get(), product.get(), number.get()))
            return false;
    }
    if (!invert(product.get()))
        return false;
    for (std::size_t i = numbers.size(); i-- > 0;) {
        if (!multiply(products[i].get(), products[i].get(), product.get()) ||
            !multiply(product.get(), product.get(), numbers[i].get()))
            return false;
        numbers[i].swap(products[i]);
    }
    return true;
}

} // namespace albs
