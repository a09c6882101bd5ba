// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-build/task_options.hpp"

#include <doctest/doctest.h>

using albs::build::RecipeOptions;
using albs::build::read_words;
using albs::build::task_options;
using Words = std::vector<std::string>;

TEST_CASE("task options: what is recorded can be read again, in one order")
{
    RecipeOptions options;
    options.definitions = {"_hardened_build 1", "dist .el9"};
    options.with = {"tests"};
    options.without = {"docs", "gtk"};
    options.modules = {"perl:5.32"};
    options.excludes = {"glibc-langpack-*"};
    options.linked = {"../other.json"};
    options.flavors = {"beta"};
    options.target_arch = "i686";
    options.secure_boot = true;
    options.srpm_as_is = true;
    const Words words = task_options(options);
    CHECK(words == Words{"--flavor",        "beta",      "--linked",      "../other.json",
                         "--module-enable", "perl:5.32", "--exclude",     "glibc-langpack-*",
                         "--target-arch",   "i686",      "--secure-boot", "--srpm-as-is",
                         "--with",          "tests",     "--without",     "docs",
                         "--without",       "gtk",       "--define",      "_hardened_build 1",
                         "--define",        "dist .el9"});
    CHECK(albs::build::words_of_rpmbuild(options) == Words(words.end() - 10, words.end()));
    RecipeOptions again;
    REQUIRE(read_words(words, again));
    CHECK(task_options(again) == words);
}

TEST_CASE("task options: nothing asked for is nothing recorded, and a value may look like an option")
{
    CHECK(task_options(RecipeOptions{}).empty());
    RecipeOptions options;
    CHECK(read_words({}, options));
    REQUIRE(read_words({"--define", "--with", "--with", "--define"}, options));
    CHECK(options.definitions == Words{"--with"});
    CHECK(options.with == Words{"--define"});
}

TEST_CASE("task options: a word of another version, or one without its value, is refused by name")
{
    const std::pair<Words, std::string> bad[] = {{{"--with"}, "--with"},
                                                 {{"--with", "a", "--target-arch"}, "--target-arch"},
                                                 {{"--colour", "red"}, "--colour"},
                                                 {{"tests"}, "tests"},
                                                 {{"--secure-boot", "yes"}, "yes"},
                                                 {{"--with=tests", "x"}, "--with=tests"},
                                                 {{""}, ""}};
    for (const auto& [words, named] : bad) {
        RecipeOptions options;
        albs::Status status = read_words(words, options);
        REQUIRE(!status);
        CHECK(status.error().kind == albs::Kind::input);
        CHECK(status.error().message.starts_with("'" + named + "' is no option"));
    }
}
