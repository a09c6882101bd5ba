// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/given_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "sys/file.hpp"
#include "sys/temporary.hpp"

using albs::Kind;
namespace sys = albs::sys;

TEST_CASE("a named file that is not there is a matter of the command")
{
    auto directory = *sys::TemporaryDirectory::make("given");
    const std::string file = directory.path() + "/file";
    REQUIRE(sys::write_file(file, "bytes"));
    CHECK(*sys::read_given(file) == "bytes");
    CHECK(sys::check_given(file));
    CHECK(sys::check_given(directory.path()));
    for (const std::string& path : {directory.path() + "/none", file + "/below", directory.path()}) {
        auto text = sys::read_given(path);
        REQUIRE(!text);
        CHECK(text.error().kind == Kind::usage);
        CHECK(text.error().message.find("'" + path + "': ") != std::string::npos);
    }
    CHECK(sys::check_given(directory.path() + "/none").error().kind == Kind::usage);
    CHECK(sys::read_given(file, 4).error().kind == Kind::input);
}

TEST_CASE("a named file that may not be read is a matter of the file")
{
    CHECK(sys::given_error("cannot open", "x", EACCES).value().kind == Kind::input);
    CHECK(sys::given_error("cannot open", "x", EMFILE).value().kind == Kind::environment);
    CHECK(sys::given_error("cannot open", "x", EACCES).value().message == "cannot open 'x': Permission denied");
    auto directory = *sys::TemporaryDirectory::make("given");
    const std::string file = directory.path() + "/file";
    REQUIRE(sys::write_file(file, "bytes", 0));
    if (::access(file.c_str(), R_OK) == 0)
        return; // root may read all
    CHECK(sys::read_given(file).error().kind == Kind::input);
    CHECK(sys::check_given(file).error().kind == Kind::input);
}
