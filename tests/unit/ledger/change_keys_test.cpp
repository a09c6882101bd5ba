// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.hpp"

using namespace albs;
using ledger_test::SmallLedger;

namespace {

std::size_t keys_of(const SmallLedger& small)
{
    return read_log_settings(small.path)->vkeys.size();
}

void known(const SmallLedger& small)
{
    Ledger::key_change_is_known(small.path, read_log_settings(small.path)->vkeys.front());
}

} // namespace

TEST_CASE("change of keys: as long as nobody knows of it, the same call finishes it")
{
    SmallLedger small;
    CHECK(*Ledger::expected_key_change(small.path, false) == KeyChange::made);
    CHECK_FALSE(small.open()->has_old_key());
    CHECK(*small.open()->rotate_keys({}) == KeyChange::made);
    CHECK(small.open()->has_old_key());
    CHECK(*Ledger::expected_key_change(small.path, false) == KeyChange::finished);
    CHECK(*small.open()->rotate_keys({}) == KeyChange::finished);
    small.append(0, 3);
    CHECK(*small.open()->rotate_keys({}) == KeyChange::finished);
    CHECK(keys_of(small) == 2);
    Ledger::key_change_is_known(small.path, "another");
    CHECK(*small.open()->rotate_keys({}) == KeyChange::finished);
    known(small);
    CHECK(*small.open()->rotate_keys({}) == KeyChange::made);
    CHECK(keys_of(small) == 3);
    auto audit = audit_log(fetch_from_directory(small.path), *read_log_trust(small.path + "/log.vkey"), small.path);
    REQUIRE(audit);
    CHECK(ledger_test::problems_of(*audit).empty());
}

TEST_CASE("change of keys: a key that is named is another change, unless it is the one that was made")
{
    SmallLedger small;
    auto key_file = [&](const char* name) {
        const std::string file = small.directory.path() + "/" + name;
        REQUIRE(sys::write_file(file, PrivateKey::generate(KeyType::ed25519)->pem(), 0600));
        return file;
    };
    const std::string one = key_file("one");
    const std::string two = key_file("two");
    CHECK(*small.open()->rotate_keys({.log = one, .statement = {}}) == KeyChange::made);
    CHECK(*small.open()->rotate_keys({.log = one, .statement = {}}) == KeyChange::finished);
    CHECK(*small.open()->rotate_keys({.log = two, .statement = {}}) == KeyChange::made);
    CHECK(*small.open()->rotate_keys({.log = two, .statement = {}}) == KeyChange::finished);
    CHECK(small.open()->rotate_keys({.log = one, .statement = {}}).error().kind == Kind::usage);
    CHECK(keys_of(small) == 3);
    known(small);
    CHECK(small.open()->rotate_keys({.log = two, .statement = {}}).error().kind == Kind::usage);
}

TEST_CASE("change of keys: the old one is dropped once")
{
    SmallLedger small;
    CHECK(small.open()->drop_old_key().error().kind == Kind::input);
    CHECK(Ledger::expected_key_change(small.path, true).error().kind == Kind::input);
    CHECK(small.open()->rotate_keys({}));
    CHECK(*Ledger::expected_key_change(small.path, true) == KeyChange::made);
    CHECK(*small.open()->drop_old_key() == KeyChange::made);
    CHECK(*Ledger::expected_key_change(small.path, true) == KeyChange::finished);
    CHECK(*small.open()->drop_old_key() == KeyChange::finished);
    known(small);
    CHECK(small.open()->drop_old_key().error().kind == Kind::input);
    CHECK(*small.open()->rotate_keys({}) == KeyChange::made);
    SmallLedger sigsum(Profile::sigsum);
    CHECK(sigsum.open()->rotate_keys({}).error().kind == Kind::input);
    CHECK(Ledger::expected_key_change(sigsum.path, false).error().kind == Kind::input);
}
