// SPDX-License-Identifier: GPL-3.0-or-later
// What never changes is fetched once; what was kept and is damaged is fetched anew and never believed.
#include "albs/log/cached_fetch.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <map>

#include "sys/file.hpp"
#include "sys/temporary.hpp"

using namespace albs;

namespace {

/// A log in memory that counts what it is asked for.
struct Remote {
    std::map<std::string, std::string> files;
    std::vector<std::string> asked;
    Fetch fetch()
    {
        return [this](const std::string& path) -> Result<std::string> {
            asked.push_back(path);
            auto found = files.find(path);
            if (found == files.end())
                return fail(Kind::input, "the log has no '" + path + "'");
            return found->second;
        };
    }
};

std::string lines(int count, const std::string& one)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += one + "\n";
    return text;
}

} // namespace

TEST_CASE("cached fetch: full tiles, bundles and statements are fetched once, everything else each time")
{
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("cache-test");
    Remote log;
    log.files = {{"tile/0/000", std::string(8192, 'a')},
                 {"tile/0/001.p/3", std::string(96, 'b')},
                 {"tile/entries/000", "entries"},
                 {"attestations/000.intoto.jsonl", lines(256, "{}")},
                 {"attestations/001.intoto.jsonl", lines(255, "{}")},
                 {"attestations/002.intoto.jsonl", lines(255, "{}") + "\n"},
                 {"checkpoint", "note"}};
    Fetch fetch = cached_fetch(log.fetch(), directory.path() + "/log");
    CHECK(fetch.may_be_copy());
    for (int round = 0; round < 2; ++round)
        for (const auto& [path, text] : log.files)
            CHECK(*fetch(path) == text);
    std::map<std::string, int> count;
    for (const std::string& path : log.asked)
        ++count[path];
    for (const auto& [name, times] : count) {
        const std::string& path = name;
        CAPTURE(path);
        bool once = path == "tile/0/000" || path == "tile/entries/000" || path == "attestations/000.intoto.jsonl";
        CHECK(times == (once ? 1 : 2));
    }
    CHECK_FALSE(fetch("tile/0/007"));
}

TEST_CASE("cached fetch: a damaged copy is fetched anew, and another one is replaced when it is asked for")
{
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("cache-test");
    Remote log;
    log.files = {{"tile/0/000", std::string(8192, 'a')}};
    Fetch fetch = cached_fetch(log.fetch(), directory.path());
    REQUIRE(fetch("tile/0/000"));
    const std::string file = directory.path() + "/tile/0/000";
    std::string kept = *sys::read_file(file);
    for (std::size_t at : {std::size_t{0}, std::size_t{64}, std::size_t{65}, kept.size() - 1}) {
        std::string damaged = kept;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        REQUIRE(sys::write_file(file, damaged));
        log.asked.clear();
        CHECK(*fetch("tile/0/000") == log.files["tile/0/000"]);
        CHECK(log.asked.size() == (at == 64 ? 0 : 1)); // of the newline nothing hangs
    }
    REQUIRE(sys::write_file(file, kept.substr(0, 10)));
    CHECK(*fetch("tile/0/000") == log.files["tile/0/000"]);
    // A copy of something else that is whole: its reader asks for it anew.
    std::string other(8192, 'x');
    REQUIRE(sys::write_file(file, sha256(other).hex() + "\n" + other));
    CHECK(*fetch("tile/0/000") == other);
    CHECK(*fetch.anew("tile/0/000") == log.files["tile/0/000"]);
    CHECK(*fetch("tile/0/000") == log.files["tile/0/000"]);
    auto read = read_authentic(fetch, [&](const Fetch& from) -> Result<std::string> {
        Result<std::string> text = from("tile/0/000");
        return *text == other ? text : Result<std::string>(fail(Kind::trust, "not that"));
    });
    CHECK_FALSE(read);
}

TEST_CASE("cached fetch: where nothing can be kept, everything is fetched")
{
    Remote log;
    log.files = {{"tile/0/000", std::string(8192, 'a')}};
    Fetch fetch = cached_fetch(log.fetch(), "/proc/none");
    CHECK(fetch("tile/0/000"));
    CHECK(fetch("tile/0/000"));
    CHECK(log.asked.size() == 2);
    ::setenv("XDG_CACHE_HOME", "/some/cache", 1);
    CHECK(log_cache_directory() == "/some/cache/albs/logs");
    ::unsetenv("XDG_CACHE_HOME");
}
