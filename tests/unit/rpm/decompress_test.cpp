// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "rpm/library.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

using albs::Kind;
namespace rpm = albs::rpm;
namespace sys = albs::sys;

TEST_CASE("a compressed file is unpacked up to a limit")
{
    using namespace std::string_view_literals;
    const std::string packed(
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9\xc9\xe7\x02\x00\x20\x30\x3a\x36\x06\x00\x00\x00"sv);
    auto directory = *sys::TemporaryDirectory::make("packed");
    const std::string from = directory.path() + "/x.tar.gz";
    REQUIRE(sys::write_file(from, packed));
    REQUIRE(rpm::library().decompress(from, directory.path() + "/whole", 6));
    CHECK(*sys::read_file(directory.path() + "/whole") == "hello\n");
    CHECK(rpm::library().decompress(from, directory.path() + "/large", 5).error().kind == Kind::input);
    // What is there is not written over.
    CHECK(rpm::library().decompress(from, directory.path() + "/whole", 6).error().kind == Kind::environment);
    REQUIRE(sys::write_file(from, packed.substr(0, packed.size() - 5)));
    CHECK(rpm::library().decompress(from, directory.path() + "/cut", 6).error().message ==
          "'x.tar.gz' cannot be decompressed");
    CHECK(rpm::library().decompress(directory.path() + "/none.gz", directory.path() + "/x", 6).error().kind ==
          Kind::input);
    REQUIRE(sys::rename_durably(from, directory.path() + "/x.zip"));
    CHECK(rpm::library().decompress(directory.path() + "/x.zip", directory.path() + "/y", 6).error().kind ==
          Kind::input);
}
