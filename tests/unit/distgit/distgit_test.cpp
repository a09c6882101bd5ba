// SPDX-License-Identifier: GPL-3.0-or-later
// Dist-git: layouts, lists of lookaside files, and where servers keep them.
#include <doctest/doctest.h>

#include <unistd.h>

#include "distgit/layout.hpp"
#include "distgit/lookaside.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

using namespace albs;
using namespace albs::distgit;

namespace {

struct Tree {
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("albs-unit");
    void add(const std::string& path)
    {
        std::string whole = directory.path() + "/" + path;
        REQUIRE(sys::make_directories(sys::directory_name(whole)));
        REQUIRE(sys::write_file(whole, "x"));
    }
};

const std::string sha512(128, 'a');
const std::string sha256_hex(64, 'b');

} // namespace

TEST_CASE("a flat dist-git is known by its spec in the root")
{
    Tree tree;
    tree.add("which.spec");
    tree.add("sources");
    tree.add("SPECS/README");
    auto layout = find_layout(tree.directory.path(), "which");
    REQUIRE(layout);
    CHECK(layout->flat);
    CHECK(layout->name == "which");
    CHECK(layout->spec == "which.spec");
    CHECK(layout->sources.empty());
    CHECK(layout->metadata == std::vector<std::string>{"sources"});
}

TEST_CASE("SPECS/ and SOURCES/ win over a spec in the root")
{
    Tree tree;
    tree.add("SPECS/which.spec");
    tree.add("old.spec");
    tree.add(".which.metadata");
    tree.add(".gitignore");
    auto layout = find_layout(tree.directory.path(), "which");
    REQUIRE(layout);
    CHECK(!layout->flat);
    CHECK(layout->spec == "SPECS/which.spec");
    CHECK(layout->sources == "SOURCES");
    CHECK(layout->metadata == std::vector<std::string>{".which.metadata"});
}

TEST_CASE("of several specs the repository's own counts, and none is guessed")
{
    Tree tree;
    tree.add("a.spec");
    tree.add("b.spec");
    CHECK(find_layout(tree.directory.path(), "b")->spec == "b.spec");
    auto unclear = find_layout(tree.directory.path(), "c");
    REQUIRE(!unclear);
    CHECK(unclear.error().kind == Kind::input);
    CHECK(unclear.error().message == "there are several specs and none is 'c.spec': 'a.spec', 'b.spec'");
}

TEST_CASE("both line formats of lookaside lists are read")
{
    Layout flat;
    auto list = read_references(flat, "sources",
                                "# comment\n\nSHA512 (x y.tar) = " + sha512 + "\r\nsha256 (a(1).gz) = " + sha256_hex +
                                    "\n0123456789abcdef0123456789ABCDEF *old.tgz\n" + sha256_hex + "\t d/e.tar");
    REQUIRE(list);
    REQUIRE(list->size() == 4);
    CHECK(list->at(0).path == "x y.tar");
    CHECK(list->at(0).algorithm == Algorithm::sha512);
    CHECK(list->at(0).hex == sha512);
    CHECK(list->at(1).path == "a(1).gz");
    CHECK(list->at(2).algorithm == Algorithm::md5);
    CHECK(list->at(2).path == "old.tgz");
    CHECK(list->at(2).hex == "0123456789abcdef0123456789abcdef");
    CHECK(list->at(3).path == "d/e.tar");
}

TEST_CASE("paths go below SOURCES/ where that is the layout")
{
    Layout layout;
    layout.sources = "SOURCES";
    auto list = read_references(layout, ".x.metadata", sha256_hex + " SOURCES/x.tar\n" + sha256_hex + " y.tar\n");
    REQUIRE(list);
    CHECK(list->at(0).path == "SOURCES/x.tar");
    CHECK(list->at(1).path == "SOURCES/y.tar");
}

TEST_CASE("lines that are neither, and paths that escape, are refused with their line")
{
    Layout flat;
    auto refused = [&](const std::string& text) {
        auto list = read_references(flat, "sources", "\n" + text + "\n");
        REQUIRE(!list);
        CHECK(list.error().kind == Kind::input);
        CHECK(list.error().message.starts_with("'sources', line 2: "));
    };
    for (const char* path : {"../x", "/x", "a/../../x", "a/", ".", "a/./b", "a//b", ".git/hooks/x", "a\tb\x01"})
        refused(sha256_hex + " " + path);
    refused("SHA512 (x) = " + sha256_hex);
    refused("CRC32 (x) = " + sha256_hex);
    refused("SHA256 () = " + sha256_hex);
    refused(sha256_hex);
    refused(sha256_hex.substr(1) + " x");
    refused("zz" + sha256_hex.substr(2) + " x");
    refused("SHA256 (../x) = " + sha256_hex);
    auto twice = read_references(flat, "sources", sha256_hex + " x\n" + sha512 + " x\n");
    REQUIRE(!twice);
    CHECK(twice.error().message == "'sources', line 2: 'x' has two digests");
}

TEST_CASE("nothing is written through a link")
{
    Tree tree;
    tree.add("real/x");
    REQUIRE(symlink("/etc", (tree.directory.path() + "/link").c_str()) == 0);
    CHECK(prepare_parent(tree.directory.path(), "real/new/x"));
    CHECK(sys::is_directory(tree.directory.path() + "/real/new"));
    CHECK(prepare_parent(tree.directory.path(), "x"));
    CHECK(!prepare_parent(tree.directory.path(), "link/x"));
    CHECK(!prepare_parent(tree.directory.path(), "real/x/y"));
}

TEST_CASE("lookaside URLs: known layouts in their order, or the user's own")
{
    LookasideNames names{"gtk+", "a b.tar", "00ff", "sha1", "c9"};
    CHECK(lookaside_urls("https://l", names) ==
          std::vector<std::string>{"https://l/00ff", "https://l/gtk%2B/a%20b.tar/sha1/00ff/a%20b.tar",
                                   "https://l/gtk%2B/c9/00ff", "https://l/gtk%2B/a%20b.tar/00ff/a%20b.tar"});
    CHECK(lookaside_urls("https://l/{branch}/{hash}?n={name}", names) ==
          std::vector<std::string>{"https://l/c9/00ff?n=gtk%2B"});
    names.branch.clear();
    CHECK(lookaside_urls("https://l/", names).size() == 3);
    CHECK(lookaside_urls("https://l/{branch}/{hash}", names).empty());
    CHECK(check_lookaside("file:///srv/{name}"));
    CHECK(!check_lookaside("ftp://l"));
    CHECK(!check_lookaside("https://l/{user}"));
    CHECK(!check_lookaside("https://l/{name"));
    CHECK(!check_lookaside("/srv"));
}
