// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-test/skip_rules.hpp"

#include <doctest/doctest.h>

#include "sys/file.hpp"
#include "sys/temporary.hpp"

using albs::test::SkipRules;

namespace {

albs::Result<SkipRules> rules_of(const std::string& text)
{
    albs::sys::TemporaryDirectory directory = *albs::sys::TemporaryDirectory::make("albs-unit");
    std::string file = directory.path() + "/rules";
    REQUIRE(albs::sys::write_cache(file, text));
    return SkipRules::read({file});
}

} // namespace

TEST_CASE("skip rules: both names are patterns that match as a whole; the first rule that fits says the reason")
{
    albs::Result<SkipRules> rules = rules_of("# why not\n\n  hello install  needs a license \t\r\n"
                                             "hello-* remove # nothing is said here\nkernel* * too large\nhello * other\n");
    REQUIRE(rules);
    CHECK(rules->find("hello", "install") == "needs a license");
    CHECK(rules->find("hello", "remove") == "other");
    CHECK(rules->find("hello-doc", "remove") == "skipped by request");
    CHECK(rules->find("kernel-core", "upgrade") == "too large");
    CHECK(!rules->find("hello-doc", "install"));
    CHECK(!rules->find("othello", "install"));
    CHECK(!rules->find("", ""));
}

TEST_CASE("skip rules: none, and a file without any, skip nothing")
{
    CHECK(!SkipRules::read({})->find("hello", "install"));
    CHECK(!rules_of("")->find("hello", "install"));
    CHECK(!rules_of("# hello install\n   \n")->find("hello", "install"));
}

TEST_CASE("skip rules: a line of one word is refused with its number, a file that is not there as such")
{
    for (const char* text : {"a b\n\nhello\n", "a b c\n#\nhello # install\n", "a b\n \n\thello\t\n"}) {
        albs::Result<SkipRules> rules = rules_of(text);
        REQUIRE(!rules);
        CHECK(rules.error().kind == albs::Kind::usage);
        CHECK(rules.error().message.ends_with("line 3: no name of a test"));
    }
    CHECK(!SkipRules::read({"/nonexistent/rules"}));
}
