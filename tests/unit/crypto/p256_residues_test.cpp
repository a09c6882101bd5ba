// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/crypto/p256_residues.hpp"

#include <doctest/doctest.h>

using namespace albs;

namespace {

Number number(const char* decimal)
{
    BIGNUM* read = nullptr;
    REQUIRE(BN_dec2bn(&read, decimal) > 0);
    return Number(read);
}

struct Field {
    // P-256's (FIPS 186-4 D.1.2.3).
    Number prime = number("115792089210356248762697446949407573530086143415290314195533631308867097853951");
    std::unique_ptr<BN_CTX, FreeNumber> context{BN_CTX_new()};
    Residues residues{prime.get(), context.get()};
};

} // namespace

TEST_CASE_FIXTURE(Field, "p256_residues: one factor in the form gives a product out of it")
{
    REQUIRE(residues);
    Number six = number("6");
    Number seven = number("7");
    REQUIRE(residues.enter(seven.get()));
    CHECK(!BN_is_word(seven.get(), 7));
    REQUIRE(residues.multiply(six.get(), six.get(), seven.get()));
    CHECK(BN_is_word(six.get(), 42));
    Number sum(BN_dup(prime.get()));
    REQUIRE(BN_sub_word(sum.get(), 1) == 1);
    REQUIRE(residues.add(sum.get(), sum.get(), six.get()));
    CHECK(BN_is_word(sum.get(), 41));
}

TEST_CASE_FIXTURE(Field, "p256_residues: inverses are OpenSSL's, one and many")
{
    std::vector<Number> numbers;
    for (const char* decimal : {"1", "2", "4294967296"})
        numbers.push_back(number(decimal));
    numbers.emplace_back(BN_dup(prime.get()));
    REQUIRE(BN_sub_word(numbers.back().get(), 1) == 1);
    std::vector<Number> expected;
    for (const Number& one : numbers)
        expected.emplace_back(BN_mod_inverse(nullptr, one.get(), prime.get(), context.get()));
    Number alone(BN_dup(numbers[2].get()));
    REQUIRE(residues.enter(alone.get()));
    REQUIRE(residues.invert(alone.get()));
    REQUIRE(residues.invert_all(numbers));
    CHECK(BN_cmp(alone.get(), numbers[2].get()) == 0);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        Number one = number("1");
        REQUIRE(residues.multiply(one.get(), one.get(), numbers[i].get())); // out of the form
        CHECK(BN_cmp(one.get(), expected[i].get()) == 0);
    }
    std::vector<Number> none;
    CHECK(residues.invert_all(none));
}

TEST_CASE_FIXTURE(Field, "p256_residues: an even modulus, and none, are refused")
{
    CHECK(!Residues(nullptr, context.get()));
    CHECK(!Residues(number("16").get(), context.get()));
}
