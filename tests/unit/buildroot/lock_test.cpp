// SPDX-License-Identifier: GPL-3.0-or-later
// Locks of buildroots: what is written is read back, and anything else is refused.
#include <doctest/doctest.h>

#include "albs/buildroot/lock.hpp"
#include "albs/manifest/nevra.hpp"

using namespace albs;
using namespace albs::buildroot;

namespace {

const std::string digest(64, 'a');
const std::string other(64, 'b');

Lock sample()
{
    LockedPackage bash{.name = "bash", .epoch = 2, .version = "5.1", .release = "6.el9", .arch = "x86_64",
                       .nevra = "bash-2:5.1-6.el9.x86_64", .sha256 = digest, .size = 1234, .header = other,
                       .repository = "base", .path = "Packages/bash.rpm"};
    LockedPackage setup{.name = "setup", .epoch = {}, .version = "1", .release = "1", .arch = "noarch",
                        .nevra = "setup-1-1.noarch", .sha256 = other, .size = 0, .header = {}, .repository = {},
                        .path = {}};
    return {.platform = "almalinux-9", .arch = "x86_64",
            .repositories = {{"base", "1700000000", digest, "BF18AC28"}, {"more", "", other, {}}},
            .modules = {"perl:5.32:8060:abcdef"}, .packages = {setup, bash}};
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    std::size_t at = text.find(from);
    REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
}

/// Refused, and why.
std::string refusal(const std::string& text)
{
    auto lock = read_lock(text);
    REQUIRE_FALSE(lock.has_value());
    CHECK(lock.error().kind == Kind::input);
    return lock.error().message;
}

} // namespace

TEST_CASE("a lock that was written is read back, and the same lock gives the same bytes")
{
    std::string text = write_lock(sample());
    CHECK(text.back() == '\n');
    auto lock = read_lock(text);
    REQUIRE(lock.has_value());
    CHECK(write_lock(*lock) == text);
    CHECK(lock->packages[0].nevra == "setup-1-1.noarch");
    CHECK(lock->packages[1].epoch == 2);
    CHECK(lock->packages[1].path == "Packages/bash.rpm");
    CHECK(lock->repositories[1].key == std::nullopt);
    CHECK(lock->modules == std::vector<std::string>{"perl:5.32:8060:abcdef"});
}

TEST_CASE("the base of a lock is some of its packages, and a lock without one is as it was before there were any")
{
    Lock lock = sample();
    CHECK(write_lock(lock).find("base\":") == std::string::npos);
    CHECK(read_lock(replaced(write_lock(lock), "\"packages\"", "\"base\": null, \"packages\""))->base == 0);
    for (std::size_t base : {1, 2}) {
        lock.base = base;
        auto again = read_lock(write_lock(lock));
        REQUIRE(again.has_value());
        CHECK(again->base == base);
        CHECK(write_lock(*again) == write_lock(lock));
    }
    for (const char* bad : {"0", "3", "-1", "true", "\"1\"", "9007199254740991"})
        CHECK(refusal(replaced(write_lock(lock), "\"base\": 2", std::string("\"base\": ") + bad)).find("base") !=
              std::string::npos);
}

TEST_CASE("a lock that was cut anywhere is none")
{
    std::string text = write_lock(sample());
    for (std::size_t length = 0; length + 2 <= text.size(); ++length) // the last newline may be gone
        CHECK_FALSE(read_lock(text.substr(0, length)).has_value());
    CHECK_FALSE(read_lock(text + "{}").has_value());
}

TEST_CASE("a lock with a member that stands twice, is missing or says what cannot be is refused")
{
    std::string text = write_lock(sample());
    CHECK(refusal(replaced(text, "\"arch\": \"x86_64\",", "\"arch\": \"x86_64\", \"arch\": \"i686\",")).find("arch") !=
          std::string::npos);
    CHECK_FALSE(read_lock(replaced(text, "\"nevra\"", "\"name\"")).has_value());
    for (const char* needed : {"\"version\"", "\"release\"", "\"sha256\"", "\"size\"", "\"nevra\"", "\"platform\"",
                               "\"schema\"", "\"revision\"", "\"repomd\""})
        CHECK_FALSE(read_lock(replaced(text, needed, "\"else\"")).has_value());
    CHECK(refusal(replaced(text, "albs.buildroot/1", "albs.buildroot/2")) == "its schema is not 'albs.buildroot/1'");
    CHECK(refusal(replaced(text, "\"size\": 1234", "\"size\": -1")).find("size") != std::string::npos);
    CHECK(refusal(replaced(text, "\"epoch\": 2", "\"epoch\": 3")).find("nevra") != std::string::npos);
    CHECK(refusal(replaced(text, "Packages/bash.rpm", "../bash.rpm")).find("path") != std::string::npos);
    CHECK(refusal(replaced(text, "Packages/bash.rpm", "/etc/passwd")).find("path") != std::string::npos);
    CHECK(refusal(replaced(text, "\"name\": \"bash\"", "\"name\": \"../bash\"")).find("name") != std::string::npos);
    CHECK(refusal("[]") == "it is no lock of a buildroot");
}

TEST_CASE("digests of a lock are 64 small hexadecimal digits, or the lock is refused")
{
    std::string text = write_lock(sample());
    for (const std::string& bad :
         {std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'A'), std::string(40, 'a'), std::string(128, 'a'),
          std::string(63, 'a') + "g", std::string()})
        for (const char* member : {"\"sha256\": \"", "\"header\": \"", "\"repomd\": \""}) {
            std::size_t at = text.find(member);
            REQUIRE(at != text.npos);
            at += std::string(member).size();
            std::string changed = text;
            changed.replace(at, 64, bad);
            CAPTURE(member);
            CAPTURE(bad);
            CHECK_FALSE(read_lock(changed).has_value());
        }
    Lock twice = sample();
    twice.packages[0].sha256 = digest;
    CHECK(refusal(write_lock(twice)) == "it names 'bash-2:5.1-6.el9.x86_64' twice");
}

TEST_CASE("a NEVRA has an epoch where there is one, even if it is 0")
{
    CHECK(nevra_of("a-b", {}, "1", "2.el9", "noarch") == "a-b-1-2.el9.noarch");
    CHECK(nevra_of("a-b", 3, "1", "2.el9", "noarch") == "a-b-3:1-2.el9.noarch");
    CHECK(nevra_of("a-b", 0, "1", "2.el9", "noarch") == "a-b-0:1-2.el9.noarch");
}

TEST_CASE("the lock of a host is read by no root")
{
    std::string text = write_host_lock("host", {{"a", "1:2-3", "amd64"}});
    CHECK(refusal(text).find("the lock of a host") != std::string::npos);
    CHECK(text.find("\"version\": \"1:2-3\"") != std::string::npos);
    CHECK(text.back() == '\n');
}
