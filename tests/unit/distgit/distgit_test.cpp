// SPDX-License-Identifier: GPL-3.0-or-later
// Dist-git: layouts, lists of lookaside files, and where servers keep them.
#include <doctest/doctest.h>

#include <unistd.h>

#include "distgit/autospec.hpp"
#include "distgit/layout.hpp"
#include "distgit/lfs.hpp"
#include "distgit/lookaside.hpp"
#include "distgit/module_template.hpp"
#include "distgit/source_lines.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

using namespace albs;
using namespace albs::distgit;

namespace {

struct Tree {
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("albs-unit");
    void add(const std::string& path, const std::string& text = "x")
    {
        std::string whole = directory.path() + "/" + path;
        REQUIRE(sys::make_directories(sys::directory_name(whole)));
        REQUIRE(sys::write_file(whole, text));
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
    References list;
    REQUIRE(read_references(flat, "sources",
                            "# comment\n\nSHA512 (x y.tar) = " + sha512 + "\r\nsha256 (a(1).gz) = " + sha256_hex +
                                "\n0123456789abcdef0123456789ABCDEF *old.tgz\n" + sha256_hex + "\t d/e.tar",
                            list));
    REQUIRE(list.files().size() == 4);
    auto digest = [&](std::size_t i) { return list.files()[i].digests.front(); };
    CHECK(list.files().at(0).path == "x y.tar");
    CHECK(digest(0).algorithm == Algorithm::sha512);
    CHECK(digest(0).hex == sha512);
    CHECK(list.files().at(1).path == "a(1).gz");
    CHECK(digest(2).algorithm == Algorithm::md5);
    CHECK(list.files().at(2).path == "old.tgz");
    CHECK(digest(2).hex == "0123456789abcdef0123456789abcdef");
    CHECK(list.files().at(3).path == "d/e.tar");
}

TEST_CASE("paths go below SOURCES/ where that is the layout")
{
    Layout layout;
    layout.sources = "SOURCES";
    References list;
    REQUIRE(read_references(layout, ".x.metadata", sha256_hex + " SOURCES/x.tar\n" + sha256_hex + " y.tar\n", list));
    CHECK(list.files().at(0).path == "SOURCES/x.tar");
    CHECK(list.files().at(1).path == "SOURCES/y.tar");
}

TEST_CASE("lines that are neither, and paths that escape, are refused with their line")
{
    Layout flat;
    auto refused = [&](const std::string& text) {
        References list;
        auto read = read_references(flat, "sources", "\n" + text + "\n", list);
        REQUIRE(!read);
        CHECK(read.error().kind == Kind::input);
        CHECK(read.error().message.starts_with("'sources', line 2: "));
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
}

TEST_CASE("all digests of a file are kept, the strongest first, and two of one algorithm contradict each other")
{
    Layout flat;
    References list;
    REQUIRE(read_references(flat, ".x.metadata", sha256_hex + " x\n", list));
    REQUIRE(read_references(flat, "sources", sha256_hex + " y\n" + sha512 + " x\n" + sha256_hex + " x\n", list));
    REQUIRE(list.files().size() == 2);
    CHECK(list.files()[0].path == "x");
    REQUIRE(list.files()[0].digests.size() == 2);
    CHECK(list.files()[0].digests[0].algorithm == Algorithm::sha512);
    CHECK(list.files()[0].digests[1].where == "'.x.metadata', line 1");
    std::string other(64, '0');
    auto twice = read_references(flat, "more", other + " x\n", list);
    REQUIRE(!twice);
    CHECK(twice.error().kind == Kind::trust);
    CHECK(twice.error().message ==
          "'x' has two sha256 digests: " + sha256_hex + " ('.x.metadata', line 1) and " + other + " ('more', line 1)");
}

TEST_CASE("a Git LFS pointer is told from other texts")
{
    std::string head = "version https://git-lfs.github.com/spec/v1\n";
    CHECK(read_lfs_pointer(head + "oid sha256:" + sha256_hex + "\nsize 12\n") == sha256_hex);
    CHECK(read_lfs_pointer(head + "ext-0-foo sha256:aa\noid sha256:" + sha256_hex + "\nsize 1\n") == sha256_hex);
    CHECK(!read_lfs_pointer("oid sha256:" + sha256_hex + "\n"));
    CHECK(!read_lfs_pointer(head + "oid sha256:" + sha256_hex.substr(1) + "\nsize 12\n"));
    CHECK(!read_lfs_pointer(head + "oid sha256:" + sha256_hex));
    CHECK(!read_lfs_pointer(head + "size 12\n"));
}

TEST_CASE("pointers leave the checkout and become references")
{
    Tree tree;
    std::string pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + sha256_hex + "\nsize 12\n";
    tree.add("SOURCES/big.tar", pointer);
    tree.add("x.spec", "Name: x\n");
    References list;
    REQUIRE(take_lfs_pointers(tree.directory.path(), list));
    REQUIRE(list.files().size() == 1);
    CHECK(list.files()[0].path == "SOURCES/big.tar");
    CHECK(list.files()[0].digests[0].hex == sha256_hex);
    CHECK(!sys::exists(tree.directory.path() + "/SOURCES/big.tar"));
    CHECK(sys::exists(tree.directory.path() + "/x.spec"));
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
    CHECK(lookaside_urls(named_lookaside("almalinux"), names).size() == 1);
    for (const char* name : {"almalinux", "centos", "fedora"})
        CHECK(check_lookaside(named_lookaside(name)));
    CHECK(lookaside_of("https://git.almalinux.org/rpms/which.git") == "almalinux");
    CHECK(lookaside_of("https://git.example.org/which.git") == "URL");
    CHECK(check_lookaside("file:///srv/{name}"));
    CHECK(!check_lookaside("ftp://l"));
    CHECK(!check_lookaside("https://l/{user}"));
    CHECK(!check_lookaside("https://l/{name"));
    CHECK(!check_lookaside("/srv"));
}

TEST_CASE("a line of a spec that names no file as a source is refused with its number")
{
    Tree tree;
    tree.add("data/a");
    const Layout layout{.flat = true, .name = "it", .spec = "it.spec", .sources = "", .metadata = {}};
    auto said = [&](const std::string& line) {
        tree.add("it.spec", "Name: it\n" + line + "\n");
        Status checked = check_source_lines(tree.directory.path(), layout);
        return checked ? std::string() : checked.error().message;
    };
    CHECK(said("Source0: https://example.org/x/") ==
          "'it.spec', line 2: Source0 is 'https://example.org/x/', which names no file");
    CHECK(said("patch12:\tdata") == "'it.spec', line 2: patch12 is 'data', which names no file");
    CHECK(said("Source: https://example.org/data") != "");
    CHECK(said("Source0: https://example.org/x.tar.gz") == "");
    CHECK(said("Source0: %{url}/") == "");
    CHECK(said("SourceURL: https://example.org/x/") == "");
    CHECK(said("URL: https://example.org/x/") == "");
    CHECK(said("Source0: it.spec") == "");
    CHECK(check_source_lines(tree.directory.path() + "/nowhere", layout));
}

TEST_CASE("a module template: in a checkout without specs, by its name")
{
    Tree tree;
    const std::string& top = tree.directory.path();
    CHECK(!find_template(top, "tools"));
    tree.add("tools.yaml");
    CHECK(find_template(top, "tools") == "tools.yaml");
    CHECK(!find_template(top, "other"));
    tree.add("SOURCES/modulemd.src.txt");
    CHECK(find_template(top, "tools") == "SOURCES/modulemd.src.txt");
    tree.add("tools.spec");
    CHECK(!find_template(top, "tools"));
}

TEST_CASE("specs that leave release or changelog to rpmautospec are those that it takes for such")
{
    for (const char* spec :
         {"Release: %autorelease\n", "Release: %{autorelease}", "Release: %{?autorelease}%{!?autorelease:1}",
          "Release: %{autorelease -b 5}\n", "Release: %autorelease -p\n", "Release: 1\n%changelog\n%autochangelog\n",
          "%changelog\n  %{?autochangelog}\n", "# says %autorelease\nRelease: 1\n"})
        CHECK_MESSAGE(uses_rpmautospec(spec), spec);
    for (const char* spec :
         {"", "Release: 1%{?dist}\n", "Release: %autoreleases\n", "Release: %{autoreleased}\n",
          "Release: %{autorelease\n", "Release: 1\n%changelog\n- uses %autorelease now\n", "# %autochangelog\n",
          "%define autorelease(e:s:pb:n) 3\nRelease: %autorelease\n%changelog\n%autochangelog\n"})
        CHECK_MESSAGE(!uses_rpmautospec(spec), spec);
}
