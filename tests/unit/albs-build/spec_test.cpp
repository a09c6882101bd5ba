// SPDX-License-Identifier: GPL-3.0-or-later
// What is read of specs without evaluating them: errors of rpmbuild, URLs, words for time and chance.
#include <doctest/doctest.h>

#include "tools/albs-build/first_fetch.hpp"
#include "tools/albs-build/moving_parts.hpp"
#include "tools/albs-build/spec_error.hpp"

using namespace albs;

TEST_CASE("an error of a spec: the first, with names of the source and not of the sandbox")
{
    build::SpecError error = build::spec_error("warning: x\nerror: line 5: Unknown tag: Lisence: MIT\nerror: y\n");
    CHECK(error.message == "line 5: Unknown tag: Lisence: MIT");
    CHECK(error.offset == 11);
    CHECK(error.missing.empty());
    error = build::spec_error("error: Bad file: /builddir/tree/SOURCES/a.tar.gz: No such file or directory\n");
    CHECK(error.missing == "a.tar.gz");
    CHECK(error.message.find("/builddir") == std::string::npos);
    error = build::spec_error("error: Bad file: /builddir/tree/%{pypi_source}: No such file or directory\n");
    CHECK(error.missing == "%{pypi_source}");
    CHECK(error.message == "the macro 'pypi_source' is not defined: source file '%{pypi_source}'");
    error = build::spec_error("error: Bad file: /builddir/tree/a%C3%A9%2B1.gz: No such file or directory\n");
    CHECK(error.message.find("source file 'a%C3%A9%2B1.gz' is neither") == 0);
    CHECK(build::spec_error("").message == "rpmbuild failed without a word");
    CHECK(build::spec_error("one\ntwo\n\n").message == "two");
}

TEST_CASE("URLs of a spec: of Source and Patch lines, each with the name of its file")
{
    auto urls = build::urls_in("Name: x\nSource0: https://example.org/x-1.tar.gz\nsource: x.service\n"
                               "PATCH12 :http://example.org/a.patch#/b.patch\nURL: https://example.org/\n"
                               "Source1: ftp://example.org/y\nSource2: https://example.org/dir/\nSource3:\n"
                               "# Source4: https://example.org/z\nRequires: Source: https://example.org/q");
    REQUIRE(urls.size() == 2);
    CHECK(urls[0].name == "x-1.tar.gz");
    CHECK(urls[0].url == "https://example.org/x-1.tar.gz");
    CHECK(urls[1].name == "b.patch");
}

TEST_CASE("a spec that may name another package each time: it runs code, and has a word for time or chance")
{
    CHECK(build::may_move("Release: %(date +%s)"));
    CHECK(build::may_move("Version: %{lua:print(os.time())}"));
    CHECK_FALSE(build::may_move("Release: 1%{?dist}\n%changelog\n- Update, at last in time\n"));
    CHECK_FALSE(build::may_move("%global x %(echo 1)"));
    RpmInfo first;
    first.nevra = "a-1-1.src";
    RpmInfo second = first;
    CHECK(build::moved(first, second).empty());
    second.nevra = "a-1-2.src";
    CHECK(build::moved(first, second).find("a-1-1.src, then a-1-2.src") != std::string::npos);
}
