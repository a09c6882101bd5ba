// SPDX-License-Identifier: GPL-3.0-or-later
// Keys of repositories: where they are looked for, and what is no key.
#include <doctest/doctest.h>

#include <cstdlib>

#include "repositories/keys.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

using namespace albs;
using namespace albs::repositories;

TEST_CASE("the directories of keys are what the environment says, or the usual ones")
{
    ::unsetenv("ALBS_KEY_DIRS");
    CHECK(key_directories() ==
          std::vector<std::string>{"/etc/pki/rpm-gpg", "/usr/share/distribution-gpg-keys"});
    ::setenv("ALBS_KEY_DIRS", "/a::/b:", 1);
    CHECK(key_directories() == std::vector<std::string>{"/a", "/b"});
    ::setenv("ALBS_KEY_DIRS", "", 1);
    CHECK(key_directories().empty());
    ::unsetenv("ALBS_KEY_DIRS");
}

TEST_CASE("no key is no file, and what is none is refused")
{
    auto directory = *sys::TemporaryDirectory::make("albs-unit");
    CHECK(*key_file({"r", {}, {}}, directory.path(), true) == "");
    auto why = [&](const std::string& place) {
        auto found = key_file({"r", {place}, {}}, directory.path(), true);
        REQUIRE(!found);
        CHECK(found.error().kind == Kind::input);
        return found.error().message;
    };
    CHECK(why("/nonexistent/key").find("the key of repository 'r': cannot open '/nonexistent/key'") == 0);
    std::string text = directory.path() + "/text";
    REQUIRE(sys::write_file(text, "no key\n"));
    CHECK(why(text).find("the key '" + text + "' of repository 'r': ") == 0);
    CHECK(why("https://u:p@example.org/KEY?t=1") ==
          "the key of repository 'r' is 'https://example.org/KEY', and its fingerprint is not known");
    CHECK(why("ftp://example.org/KEY") ==
          "the key of repository 'r' is 'ftp://example.org/KEY', which is no http, https or file URL");
}
