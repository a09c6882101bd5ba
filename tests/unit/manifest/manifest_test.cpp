// SPDX-License-Identifier: GPL-3.0-or-later
// Also of: manifest/merge_artifacts
#include "albs/manifest/manifest.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "albs/json/fields.hpp"
#include "sys/file.hpp"
#include "unit/source_file.hpp"

using albs::Json;
using albs::Kind;
using albs::Manifest;

namespace {

const std::string a64(64, 'a');
const std::string b64(64, 'b');

albs::Artifact artifact(const std::string& sha256, const std::string& name)
{
    return {.sha256 = sha256, .size = 5, .name = name, .kind = "file", .rpm = {}, .unsigned_sha256 = {}};
}

albs::StageRecord stage(const Manifest& manifest, const std::string& tool)
{
    return {.id = albs::sha256(tool).hex(),
            .tool = tool,
            .version = "1",
            .started = "2026-01-01T00:00:00Z", .finished = "2026-01-01T00:00:00Z",
            .parameters = Json::object(),
            .inputs = {},
            .verdict = "yes",
            .failures = {},
            .seal = manifest.seal(false).hex()};
}

Manifest sealed()
{
    Manifest manifest;
    REQUIRE(manifest.add(artifact(a64, "one")));
    REQUIRE(manifest.add(stage(manifest, "first")));
    return manifest;
}

Manifest full()
{
    auto text = albs::sys::read_file(albs::source_file("tests/schema/full.json"));
    REQUIRE(text);
    Json root = *albs::read_json(*text);
    root.set("stages", Json::array());
    auto manifest = Manifest::parse(albs::write_json(root));
    REQUIRE(manifest);
    return std::move(*manifest);
}

} // namespace

TEST_CASE("manifest: a new one has every table but the rare ones, and reads itself")
{
    Manifest manifest;
    CHECK(manifest.text() ==
        R"({"schema":"albs.manifest/1","sources":[],"modules":[],"tasks":[],"artifacts":[],"tests":[],"signatures":[],"notarizations":[],"ledgers":[],"checkpoints":[],"forms":[],"releases":[],"errata":[],"stages":[]})");
    CHECK(Manifest::parse(manifest.text())->digest() == manifest.digest());
}

TEST_CASE("manifest: every record is read and written with nothing lost")
{
    Manifest manifest = full();
    Manifest copy;
    REQUIRE((copy.add(manifest.sources().at(0)) && copy.add(manifest.modules().at(0))));
    REQUIRE((copy.add(manifest.tasks().at(0)) && copy.add(manifest.artifacts().at(0))));
    REQUIRE((copy.add(manifest.tests().at(0)) && copy.add(manifest.signatures().at(0))));
    REQUIRE((copy.add(manifest.notarizations().at(0)) && copy.add(manifest.notarizations().at(1))));
    REQUIRE((copy.add(manifest.ledgers().at(0)) && copy.add(manifest.checkpoints().at(0))));
    REQUIRE((copy.add(manifest.releases().at(0)) && copy.add(manifest.errata().at(0))));
    REQUIRE((copy.add(manifest.comparisons().at(0)) && copy.add(manifest.reproductions().at(0))));
    REQUIRE((copy.add(manifest.module_builds().at(0)) && copy.add(manifest.forms().at(0))));
    const albs::Erratum& erratum = manifest.errata().at(0);
    CHECK(erratum.id == erratum.advisory + "@" + albs::erratum_digest(erratum).substr(0, 12));
    CHECK(copy.digest() == manifest.digest());
    CHECK(manifest.task_of(manifest.artifacts()[0]) == nullptr); // signed: the unsigned one is another
    CHECK(manifest.source("hello@0123456789ab")->lookaside.at(0).path == "SOURCES/hello.tar.gz");
    CHECK(manifest.task("hello@0123456789ab/host/noarch")->reason->offset == 17);
    CHECK(manifest.task("none") == nullptr);
}

TEST_CASE("manifest: tables that are absent are empty, and are not added by reading")
{
    std::string text = R"({"x":1,"schema":"albs.manifest/1"})";
    auto manifest = Manifest::parse(text);
    REQUIRE(manifest);
    CHECK(manifest->text() == text);
    REQUIRE(manifest->add(artifact(a64, "one")));
    CHECK(manifest->artifacts().size() == 1);
    CHECK(manifest->text().substr(0, text.size() - 1) == text.substr(0, text.size() - 1));
    CHECK(manifest->merge(Manifest()));
    // The first stage of such a manifest makes its table, and the seal holds.
    auto bare = Manifest::parse(text);
    REQUIRE(bare->add(stage(*bare, "first")));
    CHECK(Manifest::parse(bare->text()));
}

TEST_CASE("manifest: adding the same record again says nothing new, a change is a contradiction")
{
    Manifest manifest = sealed();
    std::string before = manifest.text();
    CHECK(manifest.add(artifact(a64, "one")));
    CHECK(manifest.text() == before);
    albs::Artifact other_size = artifact(a64, "one");
    other_size.size += 1;
    auto changed = manifest.add(other_size);
    REQUIRE(!changed);
    CHECK(changed.error().kind == Kind::trust);
    CHECK(changed.error().message.find("'size'") != std::string::npos);
    // New members are added in their place, and known ones kept.
    Json more = albs::to_json(artifact(a64, "one"));
    more.set("x-more", Json::array({1}));
    CHECK(manifest.add_record("artifacts", more));
    CHECK(manifest.artifacts().size() == 1);
    CHECK(*manifest.json().find("artifacts")->elements()->at(0).find("x-more") == Json::array({1}));
    CHECK(manifest.add_record("nonsense", more).error().kind == Kind::internal);
    CHECK(manifest.add_record("artifacts", Json::object({{"name", "x"}})).error().kind == Kind::internal);
}

TEST_CASE("manifest: the seal covers everything, also what no version knows, but not order and space")
{
    Manifest manifest = sealed();
    CHECK(Manifest::parse(manifest.text()));
    CHECK(Manifest::parse(albs::write_pretty_json(manifest.json())));
    CHECK(Manifest::parse(albs::canonical_json(manifest.json())));
    auto refused = [&](auto change) {
        Json root = manifest.json();
        change(root);
        auto read = Manifest::parse(albs::write_json(root));
        return !read && read.error().kind == Kind::trust;
    };
    CHECK(refused([](Json& root) { root.set("x", 1); }));
    CHECK(refused([](Json& root) { root.find("artifacts")->elements()->at(0).set("x", 1); }));
    CHECK(refused([](Json& root) { root.find("artifacts")->elements()->at(0).set("size", 6); }));
    CHECK(refused([](Json& root) { root.find("artifacts")->elements()->clear(); }));
    CHECK(refused([](Json& root) { root.find("stages")->elements()->at(0).set("seal", a64); }));
    CHECK(refused([](Json& root) { root.members()->erase(root.members()->begin() + 1); }));
    // A second stage on top, and the first taken away from below it.
    REQUIRE(manifest.add(stage(manifest, "second")));
    CHECK(Manifest::parse(manifest.text()));
    CHECK(
        refused([](Json& root) { root.find("stages")->elements()->erase(root.find("stages")->elements()->begin()); }));
    CHECK(refused([](Json& root) {
        std::reverse(root.find("stages")->elements()->begin(), root.find("stages")->elements()->end());
    }));
}

TEST_CASE("manifest: merging unites by id and refuses contradictions")
{
    Manifest one = sealed();
    Manifest two;
    REQUIRE(two.add(artifact(b64, "two")));
    REQUIRE(two.add(artifact(a64, "one")));
    REQUIRE(one.merge(two));
    CHECK(one.artifacts().size() == 2);
    CHECK(one.artifacts()[1].name == "two");
    CHECK(one.artifact(b64) == &one.artifacts()[1]);
    REQUIRE(one.merge(one));
    CHECK(one.artifacts().size() == 2);

    // The same bytes under another name; the first name stays.
    Manifest renamed;
    REQUIRE(renamed.add(artifact(b64, "three")));
    REQUIRE(one.merge(renamed));
    REQUIRE(renamed.merge(one));
    CHECK(one.artifacts()[1].name == "two");
    CHECK(one.artifacts()[1].names == std::vector<albs::JsonText>{"three"});
    CHECK(renamed.artifacts()[0].names == std::vector<albs::JsonText>{"two"});
    Manifest liar;
    albs::Artifact other_size = artifact(b64, "two");
    other_size.size += 1;
    REQUIRE(liar.add(other_size));
    auto merged = one.merge(liar);
    REQUIRE(!merged);
    CHECK(merged.error().kind == Kind::trust);

    auto with = [](std::string_view text) { return *Manifest::parse(text); };
    Manifest extra = with(R"({"schema":"albs.manifest/1","x":{"a":1,"b":2}})");
    CHECK(extra.merge(with(R"({"schema":"albs.manifest/1","x":{"b":2,"a":1},"y":[]})")));
    CHECK(extra.text() == R"({"schema":"albs.manifest/1","x":{"a":1,"b":2},"y":[]})");
    CHECK(extra.merge(with(R"({"schema":"albs.manifest/1","x":{"a":1}})")).error().kind == Kind::trust);
}

TEST_CASE("manifest: what is no manifest of this version is refused")
{
    for (std::string_view text :
         {"[]", "{}", "null", R"({"schema":1})", R"({"schema":null})", R"({"schema":"albs.manifest/2"})",
          R"({"schema":"albs.manifest/1 "})", R"({"schema":"albs.manifest/1","tasks":{}})",
          R"({"schema":"albs.manifest/1","tasks":null})", R"({"schema":"albs.manifest/1","tasks":[1]})",
          R"({"schema":"albs.manifest/1","tasks":[{}]})"}) {
        CAPTURE(text);
        auto manifest = Manifest::parse(text);
        REQUIRE(!manifest);
        CHECK(manifest.error().kind == Kind::input);
    }
    Json root = full().json();
    root.find("tests")->push(Json(root.find("tests")->elements()->at(0)));
    CHECK(Manifest::parse(albs::write_json(root)).error().message.find("is there twice") != std::string::npos);
}

TEST_CASE("manifest: an advisory that is not what its digest says is tamper, and a manifest of before has none")
{
    Json root = full().json();
    Json& erratum = root.find("errata")->elements()->front();
    erratum.find("document")->set("title", "another");
    auto changed = Manifest::parse(albs::write_json(root));
    REQUIRE(!changed);
    CHECK(changed.error().kind == albs::Kind::trust);
    CHECK(changed.error().message.find("does not have the digest") != std::string::npos);
    auto before = Manifest::parse(R"({"schema":"albs.manifest/1","sources":[],"releases":[],"stages":[]})");
    REQUIRE(before);
    CHECK(before->errata().empty());
    REQUIRE(before->merge(full()));
    CHECK(before->errata().size() == 1);
}

TEST_CASE("manifest: several documents in one text, however they are put together")
{
    std::string one = sealed().text();
    for (std::string_view between : {"", "\n", " \r\n\t", "\n\n"}) {
        auto all = Manifest::parse_all(one + std::string(between) + one + std::string(between));
        REQUIRE(all);
        CHECK(all->size() == 2);
    }
    // Braces and quotes inside strings do not count.
    CHECK(Manifest::parse_all(R"({"schema":"albs.manifest/1","x":"}{\"}\\"}{"schema":"albs.manifest/1"})")->size() ==
          2);
    for (const std::string& bad : {std::string(), std::string(" \n"), one + "x", one + "}", one + ",", "," + one,
                                   one + one.substr(0, 50), one + std::string(1, '\0'), one + "\xef\xbb\xbf" + one}) {
        auto all = Manifest::parse_all(bad);
        REQUIRE(!all);
        CHECK(all.error().kind == Kind::input);
    }
}

TEST_CASE("manifest: names and paths stay where they belong")
{
    auto file_name = [](std::string_view name) {
        Json record = Json::object({{"n", name}});
        albs::Fields in(record);
        (void)in.file_name("n");
        return in.done().has_value();
    };
    auto path = [](std::string_view name) {
        Json record = Json::object({{"n", name}});
        albs::Fields in(record);
        (void)in.relative_path("n");
        return in.done().has_value();
    };
    for (std::string_view good : {"a", "...", ".a", "Grüße 日本.rpm", "a b", "-rf"}) {
        CHECK(file_name(good));
        CHECK(path(good));
    }
    using namespace std::string_view_literals;
    for (std::string_view bad : {""sv, "."sv, ".."sv, "a/b"sv, "/"sv, "a\0b"sv, "a\nb"sv, "\x7f"sv, "\x1b[m"sv})
        CHECK(!file_name(bad));
    for (std::string_view good : {"a/b", "a/.../b", "SOURCES/x.tar.gz"})
        CHECK(path(good));
    for (std::string_view bad : {"/a"sv, "a/"sv, "a//b"sv, "../a"sv, "a/.."sv, "a/./b"sv, ""sv, "a/\0"sv})
        CHECK(!path(bad));
}

TEST_CASE("fields: the first complaint is kept, and names the member")
{
    Json record = Json::object(
        {{"text", 1}, {"number", "x"}, {"list", Json::array({1})}, {"time", "now"}, {"size", -1}, {"none", nullptr}});
    auto complaint = [&](auto read) {
        albs::Fields in(record);
        read(in);
        albs::Status done = in.done();
        return done ? std::string() : done.error().message;
    };
    CHECK(complaint([](albs::Fields& in) {
              (void)in.string("text");
              (void)in.integer("number");
          }) == "text: wants a string");
    CHECK(complaint([](albs::Fields& in) { (void)in.string("absent"); }) == "absent: missing, wants a string");
    CHECK(complaint([](albs::Fields& in) { (void)in.string("none"); }) == "none: missing, wants a string");
    CHECK(complaint([](albs::Fields& in) { (void)in.boolean("text"); }) == "text: wants true or false");
    CHECK(complaint([](albs::Fields& in) { (void)in.strings("list"); }) == "list: wants an array of strings");
    CHECK(complaint([](albs::Fields& in) { (void)in.objects("list"); }) == "list: wants an array of objects");
    CHECK(complaint([](albs::Fields& in) { (void)in.time("time"); }).substr(0, 5) == "time:");
    CHECK(complaint([](albs::Fields& in) { (void)in.size("size"); }) == "size: is negative");
    CHECK(complaint([](albs::Fields& in) { (void)in.one_of("number", {"a", "b"}); }) == "number: unknown value 'x'");
    CHECK(complaint([](albs::Fields& in) {
              (void)in.optional_string("absent");
              (void)in.optional_integer("none");
              (void)in.strings("absent");
          }).empty());
    Json text("not an object");
    CHECK(!albs::Fields(text).done());
}
