// SPDX-License-Identifier: GPL-3.0-or-later
// URLs: schemes, and secrets that must not be written down.
#include <doctest/doctest.h>

#include "base/url.hpp"

using namespace albs;

TEST_CASE("a scheme is what stands before :// or git's ::")
{
    CHECK(url_scheme("HTTPS://example.org/x") == "https");
    CHECK(url_scheme("ext::sh -c true") == "ext");
    CHECK(url_scheme("packager@example.org:which.git").empty());
    CHECK(url_scheme("host:path").empty());
    CHECK(url_scheme("./dir").empty());
    CHECK(url_scheme("").empty());
}

TEST_CASE("user names and passwords are left out of URLs")
{
    CHECK(without_userinfo("https://user:secret@example.org/x.git#c9") == "https://example.org/x.git#c9");
    CHECK(without_userinfo("https://token@example.org") == "https://example.org");
    CHECK(without_userinfo("https://a:p@ss@example.org/x@y") == "https://example.org/x@y");
    CHECK(without_secrets("https://u:p@example.org/x.src.rpm?token=1&y=2") == "https://example.org/x.src.rpm");
    CHECK(without_secrets("https://example.org/x.git?a#c9?b") == "https://example.org/x.git#c9?b");
    CHECK(without_secrets("https://example.org/x.git#c9?b") == "https://example.org/x.git#c9?b");
    CHECK(without_secrets("file:///x?y") == "file:///x?y");
    CHECK(without_userinfo("https://example.org/a@b") == "https://example.org/a@b");
    CHECK(without_userinfo("https://example.org?u=a@b") == "https://example.org?u=a@b");
    CHECK(without_userinfo("ssh://git@example.org/x") == "ssh://git@example.org/x");
    CHECK(without_userinfo("ssh://git:secret@example.org/x") == "ssh://git@example.org/x");
    CHECK(without_userinfo("packager@example.org:x") == "packager@example.org:x");
    CHECK(without_userinfo("9A1B") == "9A1B");
    CHECK(without_userinfo("") == "");
}

TEST_CASE("percent-encoding leaves unreserved characters alone")
{
    CHECK(percent_encode("libsigc++-2.0~rc1_a.tar") == "libsigc%2B%2B-2.0~rc1_a.tar");
    CHECK(percent_encode("a/b ?#\xc3\xbc") == "a%2Fb%20%3F%23%C3%BC");
}
