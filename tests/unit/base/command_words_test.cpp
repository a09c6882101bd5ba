// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/command_words.hpp"

#include <doctest/doctest.h>

using namespace albs;
using Texts = std::vector<std::string>;

namespace {

Texts words(std::string_view text)
{
    auto found = command_words(text);
    return found ? *found : Texts{"error"};
}

} // namespace

TEST_CASE("a command's words are those that a shell finds")
{
    CHECK(words(" ssh  -p 22\thost\n") == Texts{"ssh", "-p", "22", "host"});
    CHECK(words(R"(sh -c 'exec "$@"' --)") == Texts{"sh", "-c", R"(exec "$@")", "--"});
    CHECK(words(R"(sh -c "exec \"\$@\"" --)") == Texts{"sh", "-c", R"(exec "$@")", "--"});
    CHECK(words(R"(a"b c"'d e'f)") == Texts{"ab cd ef"});
    CHECK(words(R"(a\ b \\ "\a" '\a' '')") == Texts{"a b", "\\", "\\a", "\\a", ""});
    CHECK(words("a\\\nb \"c\\\nd\"") == Texts{"ab", "cd"});
    CHECK(words("echo $HOME * `x`") == Texts{"echo", "$HOME", "*", "`x`"});
}

TEST_CASE("what has no words, or no end, is no command")
{
    for (const char* text : {"", " \n", "''", "sh -c 'x", "sh -c \"x", "x\\"}) {
        CAPTURE(text);
        auto found = command_words(text);
        REQUIRE_FALSE(found);
        CHECK(found.error().kind == Kind::usage);
    }
}
