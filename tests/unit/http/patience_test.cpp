// SPDX-License-Identifier: GPL-3.0-or-later
// What a server may do with its answers: compress them, and ask for time.
#include "http/library.hpp"
#include "sys/temporary.hpp"
#include "unit/http/canned.hpp"

using namespace albs;
using namespace albs::test;

TEST_CASE("an answer in gzip is what is in it, and no more than the limit of it")
{
    const std::string gzip = "Content-Encoding: gzip\r\n";
    Canned server({answer("200 OK", unhexed("1f8b0800000000000203cb48cdc9c9070086a6103605000000"), gzip)});
    CHECK(*http::library().get(server.url()) == "hello");
    CHECK(server.requests().at(0).find("Accept-Encoding: gzip\r\n") != std::string::npos);
    Canned plain({answer("200 OK", "hello")});
    CHECK(*http::library().get(plain.url()) == "hello");
    // 20,000 bytes in 54.
    const std::string bomb = unhexed("1f8b0800000000000203edc13101000000c2a0da8b6f0d0fa000000000000000000000"
                                     "000000000000000000783003476541204e0000");
    Canned large({answer("200 OK", bomb, gzip)});
    http::Options small;
    small.size_limit = 19999;
    small.too_large = Kind::trust;
    auto body = http::library().get(large.url(), small);
    REQUIRE(!body);
    CHECK(body.error().kind == Kind::trust);
    CHECK(body.error().message.ends_with("the answer is larger than 19999 bytes"));
}

TEST_CASE("a server may ask to wait within the time that there is")
{
    auto later = [](const std::string& seconds) { return answer("503 Busy", "", "Retry-After: " + seconds + "\r\n"); };
    http::Options options;
    options.timeout_ms = 2500;
    Canned soon({later("1"), later("1"), answer("200 OK", "hello")});
    CHECK(*http::library().get(soon.url(), options) == "hello");
    Canned late({later("1"), later("2"), answer("200 OK", "hello")});
    auto body = http::library().get(late.url(), options);
    REQUIRE(!body);
    CHECK(body.error().kind == Kind::temporary);
    CHECK(body.error().message.ends_with("HTTP status 503; the server wants no other request for 2 s"));
    CHECK(late.requests().size() == 2);
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("albs-unit");
    Canned never({later("86400")});
    auto file = http::library().download(never.url(), directory.path() + "/file", {}, options);
    REQUIRE(!file);
    CHECK(file.error().kind == Kind::temporary);
    CHECK(file.error().message.ends_with("HTTP status 503; the server wants no other request for 86400 s"));
}
