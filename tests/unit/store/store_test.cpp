// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "store/workspace.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/parallel.hpp"
#include "sys/temporary.hpp"

using albs::Kind;
namespace sys = albs::sys;

namespace {

struct Place {
    sys::TemporaryDirectory directory = *sys::TemporaryDirectory::make("store");
    albs::store::Store store = *albs::store::Store::open(directory.path() + "/store");
    std::string at(const std::string& name) const { return directory.path() + "/" + name; }
};

const std::string hello = albs::sha256("hello").hex();

} // namespace

TEST_CASE("store: what is put in comes out under its SHA-256, read-only")
{
    Place place;
    REQUIRE(sys::write_file(place.at("file"), "hello"));
    auto digest = place.store.put_file(place.at("file"));
    REQUIRE(digest);
    CHECK(digest->sha256.hex() == hello);
    CHECK(digest->size == 5);
    auto path = place.store.path(hello);
    REQUIRE(path);
    CHECK(*path == place.at("store/sha256/2c/" + hello));
    struct stat status{};
    REQUIRE(::stat(path->c_str(), &status) == 0);
    CHECK((status.st_mode & 07777) == 0444);
    // The original stays, and changing it does not change the store.
    REQUIRE(sys::write_file(place.at("file"), "changed"));
    CHECK(*place.store.read(hello) == "hello");
    // Again is fine, by file and by bytes.
    ino_t before = status.st_ino;
    CHECK(place.store.put_bytes("hello"));
    REQUIRE(::stat(path->c_str(), &status) == 0);
    CHECK(status.st_ino == before);
    CHECK(sys::list_tree(place.at("store"))->size() == 1);
    auto artifact = place.store.add_artifact(place.at("file"), "name", "log");
    REQUIRE(artifact);
    CHECK(artifact->sha256 == albs::sha256("changed").hex());
    CHECK(artifact->size == 7);
}

TEST_CASE("store: a changed object is never handed out, and never taken for absent")
{
    Place place;
    REQUIRE(place.store.put_bytes("hello"));
    std::string path = *place.store.path(hello);
    REQUIRE(sys::write_file(path, "hellO"));
    CHECK(place.store.has(hello));
    CHECK(place.store.path(hello).error().kind == Kind::trust);
    CHECK(place.store.read(hello).error().kind == Kind::trust);
    CHECK(place.store.put_bytes("hello").error().kind == Kind::trust);
    REQUIRE(sys::write_file(place.at("file"), "hello"));
    CHECK(place.store.put_file(place.at("file")).error().kind == Kind::trust);
    CHECK(place.store.lay_out(hello, place.at("out"), "name").error().kind == Kind::trust);
    CHECK(!sys::exists(place.at("out/name")));
    // Cut short, empty, a directory: the same.
    REQUIRE(sys::write_file(path, ""));
    CHECK(place.store.read(hello).error().kind == Kind::trust);
}

TEST_CASE("store: what is not there is said, and what is no digest names no file")
{
    Place place;
    auto absent = place.store.path(hello);
    REQUIRE(!absent);
    CHECK(absent.error().kind == Kind::input);
    CHECK(absent.error().message == "the store has no object " + hello);
    CHECK(place.store.read(hello).error().kind == Kind::input);
    for (std::string_view bad :
         {"", "../../etc/passwd", "2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824"}) {
        CHECK(!place.store.has(bad));
        CHECK(place.store.path(bad).error().kind == Kind::input);
    }
    CHECK(place.store.put_file(place.at("none")).error().kind == Kind::environment);
    CHECK(!place.store.put_file(place.directory.path()));
    CHECK(sys::list_tree(place.at("store"))->empty());
}

TEST_CASE("store: many put the same and others at a time")
{
    Place place;
    REQUIRE(sys::write_file(place.at("file"), std::string(300000, 'x')));
    CHECK(sys::for_each_parallel(64, 8, [&](std::size_t at) -> albs::Status {
        ALBS_CHECK(place.store.put_file(place.at("file")));
        ALBS_CHECK(place.store.put_bytes(std::to_string(at % 4)));
        return {};
    }));
    CHECK(sys::list_tree(place.at("store"))->size() == 5);
}

TEST_CASE("store: laid out under a name for people, again and over another file")
{
    Place place;
    REQUIRE(place.store.put_bytes("hello"));
    CHECK(place.store.lay_out(hello, place.at("a/b"), "Grüße.txt"));
    CHECK(place.store.lay_out(hello, place.at("a/b"), "Grüße.txt"));
    CHECK(*sys::read_file(place.at("a/b/Grüße.txt")) == "hello");
    CHECK(sys::list_directory(place.at("a/b"))->size() == 1);
}

TEST_CASE("store: adopting moves the file")
{
    Place place;
    REQUIRE(sys::write_file(place.at("file"), "hello"));
    albs::sys::FileDigest digest = *albs::sys::digest_file(place.at("file"));
    CHECK(place.store.adopt_file(place.at("file"), digest));
    CHECK(!sys::exists(place.at("file")));
    CHECK(*place.store.read(hello) == "hello");
    REQUIRE(sys::write_file(place.at("file"), "hello"));
    CHECK(place.store.adopt_file(place.at("file"), digest));
    CHECK(!sys::exists(place.at("file")));
}

TEST_CASE("workspace: a memo is what was said or nothing")
{
    auto directory = *sys::TemporaryDirectory::make("workspace");
    auto workspace = albs::store::Workspace::open(directory.path() + "/.albs");
    REQUIRE(workspace);
    CHECK(!sys::exists(workspace->ledger_path()));
    CHECK(!workspace->recall("tasks", "key"));
    REQUIRE(workspace->remember("tasks", "key", "value\nwith lines\n"));
    REQUIRE(workspace->remember("tasks", "empty", ""));
    CHECK(*workspace->recall("tasks", "key") == "value\nwith lines\n");
    CHECK(workspace->recall("tasks", "empty")->empty());
    CHECK(!workspace->recall("tasks", "key2"));
    CHECK(!workspace->recall("stages", "key"));
    // Cut or changed, it is as none.
    std::string path = workspace->path() + "/tasks/" + albs::sha256("key").hex();
    std::string whole = *sys::read_file(path);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        REQUIRE(sys::write_file(path, whole.substr(0, size)));
        CHECK(!workspace->recall("tasks", "key"));
    }
    REQUIRE(sys::write_file(path, whole + "x"));
    CHECK(!workspace->recall("tasks", "key"));
}
