// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/log/rebuilders.hpp"

#include <doctest/doctest.h>

#include "albs/log/policy.hpp"
#include "base/bytes.hpp"

using namespace albs;

namespace {

const std::string one(64, '1');
const std::string two(64, '2');
const std::string three(64, '3');

std::string log_lines()
{
    PrivateKey key = *PrivateKey::from_ed25519_seed(Bytes(32, std::uint8_t{1}));
    return "log " + Vkey::make("log.example.org", NoteKeyType::ed25519, key.public_key())->text() + "\nquorum none\n";
}

Result<Policy> policy(const std::string& own)
{
    return Policy::parse(own + log_lines());
}

std::string why_not(const std::string& own)
{
    Result<Policy> read = policy(own);
    return read ? "" : read.error().message;
}

std::string names(const std::string& count, const std::string& weakest = "")
{
    return "#albs: rebuilder a " + one + "\n#albs: rebuilder b " + two + "," + three + "\n#albs: reproduced " + count +
           (weakest.empty() ? "" : " " + weakest) + "\n";
}

} // namespace

TEST_CASE("rebuilders: names, keys, how many of them, and what counts")
{
    const Policy read = *policy(names("2"));
    CHECK(read.rebuilders().all.size() == 2);
    CHECK(read.rebuilders().wanted == 2);
    CHECK(read.rebuilders().weakest == "identical");
    REQUIRE(read.rebuilders().with_key(three) != nullptr);
    CHECK(read.rebuilders().with_key(three)->name == "b");
    CHECK(read.rebuilders().with_key(std::string(64, '4')) == nullptr);
    CHECK(policy(names("any", "payload"))->rebuilders().wanted == 1);
    CHECK(policy(names("any", "payload"))->rebuilders().weakest == "payload");
    CHECK(policy(names("all"))->rebuilders().wanted == 2);
    CHECK(policy("")->rebuilders().all.empty());
}

TEST_CASE("rebuilders: their keys sign what rebuilders say, and nothing else; with others' keys beside them too")
{
    const Policy alone = *policy(names("1"));
    CHECK(alone.accepts_statement(one, "reproduction"));
    CHECK(alone.accepts_statement(three, "status"));
    CHECK_FALSE(alone.accepts_statement(one, "build"));
    CHECK_FALSE(alone.accepts_statement(std::string(64, '4'), "reproduction"));
    const Policy beside = *policy("#albs: statement-key " + std::string(64, '4') + " all\n" + names("1"));
    CHECK(beside.accepts_statement(std::string(64, '4'), "build"));
    CHECK_FALSE(beside.accepts_statement(two, "build"));
}

TEST_CASE("rebuilders: what would count a voice twice, or never, is refused")
{
    CHECK(why_not("#albs: rebuilder a " + one + "\n#albs: rebuilder b " + one + "\n#albs: reproduced 1\n")
              .find("stands here twice") != std::string::npos);
    CHECK(why_not("#albs: rebuilder a " + one + "," + one + "\n#albs: reproduced 1\n").find("stands here twice") !=
          std::string::npos);
    CHECK(why_not("#albs: rebuilder a " + one + "\n#albs: rebuilder a " + two + "\n#albs: reproduced 1\n")
              .find("'a' is taken") != std::string::npos);
    CHECK(why_not("#albs: rebuilder a 12\n#albs: reproduced 1\n").find("no SHA-256") != std::string::npos);
    CHECK(why_not(names("3")).find("wants 3 of 2") != std::string::npos);
    CHECK(why_not(names("0")).find("wants 0 of 2") != std::string::npos);
    CHECK_FALSE(why_not(names("two")).empty());
    CHECK(why_not(names("1", "differs")).find("'differs' is no result") != std::string::npos);
    CHECK(why_not(names("1") + "#albs: reproduced 2\n").find("a second reproduced") != std::string::npos);
    CHECK(why_not("#albs: rebuilder a " + one + "\n").find("how many") != std::string::npos);
    CHECK(why_not("#albs: reproduced 1\n").find("without a rebuilder") != std::string::npos);
    for (const char* kinds : {"build", "all", "test,build"})
        CHECK(why_not("#albs: statement-key " + one + " " + kinds + "\n" + names("1")).find("may sign builds") !=
              std::string::npos);
    CHECK(why_not("#albs: statement-key " + one + " test\n" + names("1")).empty());
}
