// SPDX-License-Identifier: GPL-3.0-or-later
#include "rpm/shared_library.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "sys/file.hpp"
#include "sys/process.hpp"
#include "sys/temporary.hpp"

using namespace albs;

namespace {

/// A library made by the compiler of the machine: one function with two versions, one of none, one variable.
std::string library_bytes()
{
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("albs-test");
    const std::string top = directory.path();
    REQUIRE(sys::write_file(top + "/l.c", "__asm__(\".symver old, f@V_1\");\n__asm__(\".symver f, f@@V_2\");\n"
                                          "int old(void) { return 1; }\nint f(void) { return 2; }\n"
                                          "int plain(void) { return 3; }\nint data[4];\n"
                                          "static int hidden(void) { return 4; }\nint (*use(void))(void) "
                                          "{ return hidden; }\n"));
    REQUIRE(sys::write_file(top + "/l.map", "V_1 { global: f; local: old; };\nV_2 { global: f; } V_1;\n"));
    auto done = sys::run({.argv = {"gcc", "-shared", "-fPIC", "-Wl,-soname,libl.so.1",
                                   "-Wl,--version-script=" + top + "/l.map", "-o", top + "/l.so", top + "/l.c"}});
    REQUIRE(done);
    REQUIRE(done->status == 0);
    return *sys::read_file(top + "/l.so", std::size_t{1} << 24);
}

bool has(const rpm::SharedLibrary& library, const std::string& start)
{
    return std::any_of(library.symbols.begin(), library.symbols.end(),
                       [&](const std::string& symbol) { return symbol.starts_with(start); });
}

} // namespace

TEST_CASE("a shared library has its soname and the symbols that it exports, with their versions")
{
    auto library = rpm::read_shared_library(library_bytes());
    REQUIRE(library);
    CHECK(library->soname == "libl.so.1");
    CHECK(has(*library, "f@V_1 2 0"));
    CHECK(has(*library, "f@@V_2 2 0"));
    CHECK(has(*library, "plain 2 0"));
    CHECK(has(*library, "data 1 16"));
    CHECK_FALSE(has(*library, "hidden"));
    CHECK_FALSE(has(*library, "old"));
}

TEST_CASE("what is no shared library has none, and a damaged one does no harm")
{
    CHECK_FALSE(rpm::read_shared_library(""));
    CHECK_FALSE(rpm::read_shared_library("\177ELF"));
    CHECK_FALSE(rpm::read_shared_library("#!/bin/sh\n"));
    CHECK_FALSE(rpm::read_shared_library(*sys::read_file("/proc/self/exe", std::size_t{1} << 30)));
    const std::string whole = library_bytes();
    for (std::size_t size = 0; size < whole.size(); size += 97)
        (void)rpm::read_shared_library(std::string_view(whole).substr(0, size));
    for (std::size_t at = 0; at < whole.size(); at += 3) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0xff);
        (void)rpm::read_shared_library(damaged);
    }
}
