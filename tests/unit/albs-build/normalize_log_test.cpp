// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-build/normalize_log.hpp"

#include <doctest/doctest.h>

using albs::build::settled;

TEST_CASE("a log: names of temporary files become X, as many as they have")
{
    CHECK(settled("+ /var/tmp/rpm-tmp.aB3xYz (%prep)\n") == "+ /var/tmp/rpm-tmp.XXXXXX (%prep)\n");
    CHECK(settled("/tmp/ccAb12Cd.o: x\n/tmp/ccAb12Cd.s") == "/tmp/ccXXXXXX.o: x\n/tmp/ccXXXXXX.s");
    CHECK(settled("/tmp/ccAb12CdEf.o") == "/tmp/ccXXXXXXEf.o");
    CHECK(settled("/tmp/cc/a.c /rpm-tmp.ab.c") == "/tmp/cc/a.c /rpm-tmp.XX.c");
    CHECK(settled("/rpm-tmp.") == "/rpm-tmp.");
    CHECK(settled("/tmp/cca") == "/tmp/ccX");
}

TEST_CASE("a log: lines of rpmbuild's threads are sorted where they stand together, and nowhere else")
{
    CHECK(settled("a\nWrote: /c\nWrote: /a\nWrote: /b\nz\nWrote: /0\n") ==
          "a\nWrote: /a\nWrote: /b\nWrote: /c\nz\nWrote: /0\n");
    CHECK(settled("extracting debug info from /b\nextracting debug info from /a\n") ==
          "extracting debug info from /a\nextracting debug info from /b\n");
    CHECK(settled("gcc b.c\ngcc a.c\n") == "gcc b.c\ngcc a.c\n");
    CHECK(settled(" Wrote: /b\n Wrote: /a\n") == " Wrote: /b\n Wrote: /a\n");
}

TEST_CASE("a log: what is cut or empty stays, and no byte moves that is not a line")
{
    for (const char* text : {"", "\n", "\n\n", "Wrote: ", "Wrote: /b\nWrote: /a", "x", "Wrote: /a\n"})
        CHECK(settled(text) == text);
    std::string once = settled("Wrote: /b\nWrote: /a\n/rpm-tmp.abcdef\n");
    CHECK(settled(once) == once);
}
