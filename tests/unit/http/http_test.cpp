// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP against a server that says what the test wants. Broken transfers are in tests/tools/albs-fetch/interrupted.sh.
#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "http/library.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"
#include "unit/http/canned.hpp"

using namespace albs;
using namespace albs::test;

TEST_CASE("get returns the body and says who asks")
{
    Canned server({answer("200 OK", "hello")});
    http::Options options;
    options.user_agent = "albs-fetch/9";
    options.headers = {"Accept: text/plain"};
    auto body = http::library().get(server.url(), options);
    REQUIRE(body);
    CHECK(*body == "hello");
    REQUIRE(server.requests().size() == 1);
    CHECK(server.requests()[0].find("User-Agent: albs-fetch/9\r\n") != std::string::npos);
    CHECK(server.requests()[0].find("Accept: text/plain\r\n") != std::string::npos);
}

TEST_CASE("a status of 404 is final, a 503 is not")
{
    Canned none({answer("404 Not Found", "page")});
    auto missing = http::library().get(none.url());
    REQUIRE(!missing);
    CHECK(missing.error().kind == Kind::input);
    CHECK(missing.error().message == "cannot get '" + none.url() + "': HTTP status 404");
    Canned busy({answer("503 Busy", ""), answer("200 OK", "hello")});
    CHECK(*http::library().get(busy.url()) == "hello");
    Canned down({answer("500 No", "")});
    http::Options once;
    once.attempts = 1;
    auto failed = http::library().get(down.url(), once);
    REQUIRE(!failed);
    CHECK(failed.error().kind == Kind::temporary);
}

TEST_CASE("an answer that is too large is refused")
{
    Canned server({answer("200 OK", std::string(1000, 'x'))});
    http::Options small;
    small.size_limit = 999;
    auto body = http::library().get(server.url(), small);
    REQUIRE(!body);
    CHECK(body.error().kind == Kind::input);
    CHECK(body.error().message.ends_with("the answer is larger than 999 bytes"));
}

TEST_CASE("a POST is repeated only if nobody can have acted on it")
{
    http::Options options;
    Canned busy({answer("503 Busy", ""), answer("201 Created", "made")});
    CHECK(*http::library().post(busy.url(), "body", "application/json", options) == "made");
    REQUIRE(busy.requests().size() == 2);
    CHECK(busy.requests()[1].find("Content-Type: application/json\r\n") != std::string::npos);
    Canned broken({answer("500 Broken", ""), answer("200 OK", "twice")});
    auto posted = http::library().post(broken.url(), "body", "application/json", options);
    REQUIRE(!posted);
    CHECK(posted.error().kind == Kind::temporary);
    CHECK(broken.requests().size() == 1);
}

TEST_CASE("redirects lead to http and https only")
{
    Canned target({answer("200 OK", "there")});
    Canned server({answer("302 Found", "", "Location: " + target.url() + "\r\n")});
    CHECK(*http::library().get(server.url()) == "there");
    Canned evil({answer("302 Found", "", "Location: file:///etc/passwd\r\n")});
    http::Options once;
    once.attempts = 1;
    CHECK(!http::library().get(evil.url(), once));
    CHECK(!http::library().get("file:///etc/passwd", once));
}

TEST_CASE("nobody listening is temporary")
{
    std::string url;
    {
        Canned gone({});
        url = gone.url();
    }
    http::Options once;
    once.attempts = 1;
    auto body = http::library().get(url, once);
    REQUIRE(!body);
    CHECK(body.error().kind == Kind::temporary);
}

TEST_CASE("a server that takes the connection and never answers is temporary")
{
    Canned silent({});
    http::Options options;
    options.attempts = 1;
    options.stall_seconds = 1;
    auto got = http::library().get(silent.url(), options);
    REQUIRE(!got);
    CHECK(got.error().kind == Kind::temporary);
}

TEST_CASE("a download is hashed, compared, and removed when it is not what was wanted")
{
    auto directory = *sys::TemporaryDirectory::make("albs-unit");
    std::string path = directory.path() + "/x";
    const std::string sha1 = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"; // of "hello"
    Canned server({answer("200 OK", "hello"), answer("200 OK", "other"), answer("206 Partial", "lo")});
    auto done = http::library().download(server.url(), path, {Algorithm::sha1, sha1});
    REQUIRE(done);
    CHECK(done->hex == sha1);
    CHECK(done->size == 5);
    CHECK(done->sha256.hex() == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    CHECK(*sys::read_file(path) == "hello");
    REQUIRE(::unlink(path.c_str()) == 0);
    auto wrong = http::library().download(server.url(), path, {Algorithm::sha1, sha1});
    REQUIRE(!wrong);
    CHECK(wrong.error().kind == Kind::trust);
    CHECK(wrong.error().message.find("wanted sha1 " + sha1 + ", got ") != std::string::npos);
    CHECK(!sys::exists(path));
    // What an earlier run left is gone on with.
    REQUIRE(sys::write_file(path, "hel"));
    CHECK(http::library().download(server.url(), path, {Algorithm::sha1, sha1}));
    CHECK(server.requests().back().find("Range: bytes=3-\r\n") != std::string::npos);
}

TEST_CASE("a beginning that was another file's is thrown away")
{
    auto directory = *sys::TemporaryDirectory::make("albs-unit");
    std::string path = directory.path() + "/x";
    REQUIRE(sys::write_file(path, "xyz"));
    Canned server({answer("206 Partial", "lo"), answer("200 OK", "hello")});
    auto done =
        http::library().download(server.url(), path, {Algorithm::sha1, "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"});
    REQUIRE(done);
    CHECK(*sys::read_file(path) == "hello");
    // Files too, whole and from an offset.
    REQUIRE(sys::write_file(directory.path() + "/y", "hel"));
    CHECK(http::library().download("file://" + path, directory.path() + "/y",
                                   {Algorithm::sha1, "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"}));
    CHECK(*sys::read_file(directory.path() + "/y") == "hello");
    auto missing = http::library().download("file://" + path + "no", directory.path() + "/z", {});
    REQUIRE(!missing);
    CHECK(missing.error().kind == Kind::input);
}

TEST_CASE("what did not change is not sent again: by ETag, by time, or by both as they were given")
{
    Canned server({answer("200 OK", "one", "ETag: \"v1\"\r\nLast-Modified: Sun, 16 Nov 2014 00:00:00 GMT\r\n"),
                   answer("304 Not Modified", "", "ETag: \"v1\"\r\n"), answer("304 Not Modified", ""),
                   answer("200 OK", "two", "ETag: \"v2\"\r\n")});
    auto first = http::library().get_if_changed(server.url(), {});
    REQUIRE(first.has_value());
    CHECK(first->changed);
    CHECK(first->body == "one");
    CHECK(first->validators.etag == "\"v1\"");
    CHECK(first->validators.last_modified == "Sun, 16 Nov 2014 00:00:00 GMT");
    auto same = http::library().get_if_changed(server.url(), first->validators);
    REQUIRE(same.has_value());
    CHECK_FALSE(same->changed);
    CHECK(same->body.empty());
    CHECK(same->validators.etag == "\"v1\"");
    auto by_time =
        http::library().get_if_changed(server.url(), {.etag = "", .last_modified = first->validators.last_modified});
    REQUIRE(by_time.has_value());
    CHECK_FALSE(by_time->changed);
    CHECK(by_time->validators.last_modified == first->validators.last_modified); // a 304 need not repeat it
    auto changed = http::library().get_if_changed(server.url(), first->validators);
    REQUIRE(changed.has_value());
    CHECK(changed->changed);
    CHECK(changed->body == "two");
    CHECK(changed->validators.etag == "\"v2\"");
    CHECK(changed->validators.last_modified.empty()); // not of the old body
    auto asked = server.requests();
    CHECK(asked[0].find("If-") == std::string::npos);
    CHECK(asked[1].find("If-None-Match: \"v1\"\r\n") != std::string::npos);
    CHECK(asked[2].find("If-None-Match") == std::string::npos);
    CHECK(asked[2].find("If-Modified-Since: Sun, 16 Nov 2014 00:00:00 GMT\r\n") != std::string::npos);
}

TEST_CASE("an answer of 304 to who has nothing is none; a file is always sent")
{
    Canned server({answer("304 Not Modified", ""), answer("404 Not Found", "")});
    CHECK_FALSE(http::library().get_if_changed(server.url(), {}).has_value());
    auto missing = http::library().get_if_changed(server.url(), {.etag = "\"v1\"", .last_modified = ""});
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().kind == Kind::input);
    auto directory = sys::TemporaryDirectory::make("albs-test");
    REQUIRE(directory.has_value());
    REQUIRE(sys::write_file(directory->path() + "/x", "bytes").has_value());
    auto file =
        http::library().get_if_changed("file://" + directory->path() + "/x", {.etag = "\"v1\"", .last_modified = "x"});
    REQUIRE(file.has_value());
    CHECK(file->changed);
    CHECK(file->body == "bytes");
}
