// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/crypto/request_signature.hpp"

#include <doctest/doctest.h>

using namespace albs;

namespace {

// The key, and the two examples, of "Examples: Signature Calculations in AWS Signature Version 4" (Amazon S3 API
// Reference).
const RequestKey key{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "", "us-east-1"};
constexpr Seconds day = 1369353600; // 2013-05-24

std::string authorization(const SignedRequest& request, const RequestKey& by)
{
    auto lines = signed_headers(request, by);
    REQUIRE(lines);
    return lines->front();
}

} // namespace

TEST_CASE("a request for an object is signed as the reference does it")
{
    SignedRequest get{
        "GET", "https://examplebucket.s3.amazonaws.com/test.txt", {{"range", "bytes=0-9"}}, sha256(""), day};
    CHECK(authorization(get, key) ==
          "Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
          "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
          "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    auto lines = signed_headers(get, key);
    REQUIRE(lines);
    CHECK(*lines == std::vector<std::string>{lines->front(), "range: bytes=0-9",
                                             "x-amz-content-sha256: " + sha256("").hex(),
                                             "x-amz-date: 20130524T000000Z"});
}

TEST_CASE("an object that is sent is signed as the reference does it")
{
    SignedRequest put{"PUT",
                      "https://examplebucket.s3.amazonaws.com/test%24file.text",
                      {{"date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
                      sha256("Welcome to Amazon S3."),
                      day};
    CHECK(authorization(put, key) ==
          "Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
          "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,"
          "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
}

TEST_CASE("the token of a session is sent and signed")
{
    RequestKey session = key;
    session.token = "token";
    SignedRequest get{"GET", "http://127.0.0.1:9000/bucket/x", {}, sha256(""), day};
    auto lines = signed_headers(get, session);
    REQUIRE(lines);
    CHECK(lines->back() == "x-amz-security-token: token");
    CHECK(lines->front().find(";x-amz-security-token,") != std::string::npos);
}

TEST_CASE("what is no address of an object is refused")
{
    for (const char* url : {"", "bucket", "https://host", "https:///x", "https://host/x?acl", "https://host/x#y"}) {
        CAPTURE(url);
        auto lines = signed_headers({"GET", url, {}, sha256(""), day}, key);
        REQUIRE_FALSE(lines);
        CHECK(lines.error().kind == Kind::input);
    }
}
