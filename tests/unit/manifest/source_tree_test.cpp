// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/source_tree.hpp"

#include <doctest/doctest.h>

#include "base/digest.hpp"

using namespace albs;

namespace {

const std::string empty_sha256 = sha256("").hex();

SourceFile file(const std::string& path, std::string_view mode = SourceFile::plain)
{
    return {path, std::string(mode), empty_sha256, 0};
}

std::string complaint(std::string_view text)
{
    auto tree = read_source_tree(text);
    return tree ? "" : tree.error().message;
}

} // namespace

TEST_CASE("source tree: canonical, sorted by the bytes of the paths, whatever the order they came in")
{
    SourceTree tree{{file("b"), file("a/b", SourceFile::executable), file("a.c", SourceFile::link)}};
    std::string text = write_source_tree(tree);
    // '.' comes before '/'.
    CHECK(text == R"({"files":[{"mode":"120000","path":"a.c","sha256":")" + empty_sha256 +
                      R"(","size":0},{"mode":"100755","path":"a/b","sha256":")" + empty_sha256 +
                      R"(","size":0},{"mode":"100644","path":"b","sha256":")" + empty_sha256 +
                      R"(","size":0}],"schema":"albs.source-tree/1"})");
    std::swap(tree.files[0], tree.files[2]);
    CHECK(write_source_tree(tree) == text);
    auto again = read_source_tree(text);
    REQUIRE(again);
    CHECK(write_source_tree(*again) == text);
    REQUIRE(again->find("a/b") != nullptr);
    CHECK(again->find("a/b")->mode == SourceFile::executable);
    CHECK(again->find("a") == nullptr);
    CHECK(read_source_tree(write_source_tree({})));
}

TEST_CASE("source tree: what is none is refused")
{
    std::string good = write_source_tree({{file("a"), file("b")}});
    CHECK(complaint(good).empty());
    CHECK(complaint(good + "\n").find("canonical") != std::string::npos);
    CHECK(complaint(write_source_tree({{file("a"), file("a")}})).find("names 'a' twice") != std::string::npos);
    CHECK(complaint(write_source_tree({{file("a", SourceFile::link), file("a/b")}})).find("'a/b'") !=
          std::string::npos);
    CHECK(!complaint(write_source_tree({{file("../a")}})).empty());
    CHECK(!complaint(write_source_tree({{file("/a")}})).empty());
    CHECK(!complaint(write_source_tree({{file("a", "100666")}})).empty());
    CHECK(complaint("{}").find("albs.source-tree/1") != std::string::npos);
    std::string unsorted = good;
    std::swap(unsorted[unsorted.find(R"(":"a")") + 3], unsorted[unsorted.find(R"(":"b")") + 3]);
    CHECK(complaint(unsorted).find("not sorted") != std::string::npos);
    std::string more = good;
    more.insert(1, R"("extra":1,)");
    CHECK(complaint(more).find("canonical") != std::string::npos);
}
