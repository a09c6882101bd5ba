// SPDX-License-Identifier: GPL-3.0-or-later
// What a git server says that it has, and whether a mirror has all of it.
#include "git/advertisement.hpp"

#include <doctest/doctest.h>

using albs::git::References;

namespace {

const std::string one(40, '1');
const std::string two(40, '2');

std::string packet(const std::string& text)
{
    constexpr const char* digits = "0123456789abcdef";
    const std::size_t length = text.size() + 4;
    std::string head;
    for (int shift = 12; shift >= 0; shift -= 4)
        head += digits[(length >> shift) & 15];
    return head + text;
}

std::string answer(const std::string& references)
{
    return packet("# service=git-upload-pack\n") + "0000" + references + "0000";
}

} // namespace

TEST_CASE("the references of a server are read, without what tags are peeled to")
{
    const std::string capabilities(std::string("\0multi_ack", 10));
    auto read = albs::git::parse_advertisement(
        answer(packet(one + " HEAD" + capabilities + "\n") + packet(one + " refs/heads/c9\n") +
               packet(two + " refs/tags/v1\n") + packet(one + " refs/tags/v1^{}\n")));
    REQUIRE(read);
    CHECK(*read == References{{"HEAD", one}, {"refs/heads/c9", one}, {"refs/tags/v1", two}});
    auto empty = albs::git::parse_advertisement(answer(""));
    REQUIRE(empty);
    CHECK(empty->empty());
}

TEST_CASE("an answer that is none, or not whole, says nothing")
{
    const std::string good = answer(packet(one + " refs/heads/c9\n"));
    CHECK(albs::git::parse_advertisement(good));
    for (std::size_t length = 0; length < good.size(); ++length)
        CHECK(!albs::git::parse_advertisement(good.substr(0, length)));
    for (const std::string& other : {good + "0", good + good, std::string("<html>"), one + "\trefs/heads/c9\n",
                                     packet("# service=git-receive-pack\n"), answer(packet("shallow " + one + "\n")),
                                     answer(packet(one + "refs/heads/c9\n")), answer(packet(one + " ")), answer("0001"),
                                     answer("zzzz"), answer(packet(std::string(40, 'g') + " refs/heads/c9\n"))})
        CHECK(!albs::git::parse_advertisement(other));
}

TEST_CASE("a mirror has all only if branches and tags are the same, and HEAD where that is asked for")
{
    using albs::git::has_all;
    const References mirror{{"refs/albs/HEAD", one}, {"refs/heads/c9", one}, {"refs/pull/1/head", two}};
    References served{{"HEAD", one}, {"refs/heads/c9", one}, {"refs/pull/1/head", two}, {"refs/pull/2/head", two}};
    for (const char* ref : {"", "c9", "refs/heads/c9", "refs/pull/1/head"})
        CHECK(has_all(mirror, served, ref));
    CHECK(!has_all(mirror, served, "refs/pull/2/head"));
    CHECK(!has_all(mirror, served, "refs/pull/3/head"));
    served["HEAD"] = two;
    CHECK(!has_all(mirror, served, ""));
    CHECK(has_all(mirror, served, "c9"));
    served["refs/tags/v1"] = one;
    CHECK(!has_all(mirror, served, "c9"));
    CHECK(!has_all(mirror, {}, "c9"));
    CHECK(!has_all({}, {}, ""));
}
