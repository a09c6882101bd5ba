// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/formats/iri.hpp"

#include <doctest/doctest.h>

using albs::sbom::iri_reference;

TEST_CASE("iri: what is a reference stays as it is")
{
    for (const char* text : {"https://example.org/a/b?c=d&e#f", "https://user:x@example.org:8080/", "http://[::1]:80/x",
                             "file:///usr/share", "git+https://example.org/x.git@0123", "mailto:a@example.org",
                             "urn:isbn:0-395-36341-1", "a/b:c", "//example.org", "", "?q", "#f",
                             "https://example.org/%20%c3%a9", "https://example.org/caf\xc3\xa9/\xe6\x97\xa5", "x.patch",
                             "http://a.example?q=/?", "http://example.org/a;b=1,2!$'()*+"}) {
        CHECK(iri_reference(text) == text);
    }
}

TEST_CASE("iri: what may not stand where it does is percent-encoded")
{
    CHECK(iri_reference("https://example.org/a#b#c") == "https://example.org/a#b%23c");
    CHECK(iri_reference("<http://example.org>") == "%3Chttp%3A//example.org%3E");
    CHECK(iri_reference("http://example.org/[x]") == "http://example.org/%5Bx%5D");
    CHECK(iri_reference("http://[x]/") == "http://%5Bx%5D/");
    CHECK(iri_reference("http://host:port/") == "http://host%3Aport/");
    CHECK(iri_reference("http://a@b@c/") == "http://a%40b@c/");
    CHECK(iri_reference("https://example.org/a b\"{}|\\^`") == "https://example.org/a%20b%22%7B%7D%7C%5C%5E%60");
    CHECK(iri_reference("100%") == "100%25");
    CHECK(iri_reference("%zz") == "%25zz");
    CHECK(iri_reference("see: a") == "see:%20a");
    CHECK(iri_reference("a b: c") == "a%20b%3A%20c");
    CHECK(iri_reference("http://example.org/\xff\xc2\x85\xee\x80\x80") == "http://example.org/%FF%C2%85%EE%80%80");
    CHECK(iri_reference(std::string("a\0b", 3)) == "a%00b");
}
