// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are sent, and whether they are there. Of: upload
#include "http/library.hpp"
#include "sys/replace_file.hpp"
#include "sys/temporary.hpp"
#include "unit/http/canned.hpp"

using namespace albs;
using namespace albs::test;

namespace {

struct Sent {
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("upload-test");
    std::string path = directory.path() + "/file";
    Sent() { REQUIRE(sys::write_file(path, "twelve bytes")); }
};

} // namespace

TEST_CASE("the size of what is at a URL is asked for without its bytes")
{
    Canned server({"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 12\r\n\r\n", answer("404 Not Found", ""),
                   answer("403 Forbidden", "")});
    auto there = http::library().size_of(server.url());
    REQUIRE(there);
    REQUIRE(*there);
    CHECK(**there == 12);
    auto absent = http::library().size_of(server.url());
    REQUIRE(absent);
    CHECK_FALSE(*absent);
    auto refused = http::library().size_of(server.url());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == Kind::input);
    CHECK(server.requests().front().starts_with("HEAD /x HTTP/1.1\r\n"));
}

TEST_CASE("a file is put, again where that may help, and a refusal says why")
{
    const Sent sent;
    Canned server({answer("503 Slow Down", ""), answer("200 OK", ""),
                   answer("403 Forbidden", "<Error><Code>Denied</Code><Message>Not\x1b yours</Message></Error>")});
    http::Options options;
    options.headers = {"x-of: ours"};
    CHECK(http::library().upload(server.url(), sent.path, options));
    Status refused = http::library().upload(server.url(), sent.path, options);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.ends_with("HTTP status 403: Not\\033 yours"));
    CHECK(server.requests().size() == 3);
    for (const std::string& request : server.requests()) {
        CHECK(request.starts_with("PUT /x HTTP/1.1\r\n"));
        CHECK(request.find("Content-Length: 12\r\n") != std::string::npos);
        CHECK(request.find("x-of: ours\r\n") != std::string::npos);
    }
}

TEST_CASE("a request with a signature is not led elsewhere")
{
    const Sent sent;
    Canned other({answer("200 OK", "")});
    Canned server({answer("307 Temporary Redirect", "", "Location: " + other.url() + "\r\n")});
    http::Options options;
    options.redirects = false;
    CHECK_FALSE(http::library().upload(server.url(), sent.path, options));
    CHECK(other.requests().empty());
}

TEST_CASE("a file that is not there is not sent")
{
    Status sent = http::library().upload("http://127.0.0.1:1/x", "/nonexistent/file");
    REQUIRE_FALSE(sent);
    CHECK(sent.error().kind == Kind::environment);
}
