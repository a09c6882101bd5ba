// SPDX-License-Identifier: GPL-3.0-or-later
// The graph: which packages leave a manifest, what they need, and that documents number themselves by their content.
#include <doctest/doctest.h>

#include "albs/formats/cyclonedx.hpp"
#include "albs/formats/sbom_document.hpp"
#include "albs/formats/slsa_provenance.hpp"
#include "albs/formats/spdx.hpp"
#include "albs/sbom/graph.hpp"

using namespace albs;
using namespace albs::sbom;

namespace {

std::string digest_of(char c)
{
    return std::string(64, c);
}

Artifact artifact(char digest, const std::string& name, const std::string& arch, OptionalString unsigned_form = {})
{
    std::string nevra = name + "-1-1." + arch;
    RpmInfo rpm{.name = name, .epoch = {}, .version = "1", .release = "1", .arch = arch, .nevra = nevra,
                .sourcerpm = arch == "src" ? OptionalString() : OptionalString(name + "-1-1.src.rpm"),
                .header_sha256 = digest_of('e'), .payload_sha256 = {}};
    return {.sha256 = digest_of(digest), .size = 1, .name = nevra + ".rpm", .kind = arch == "src" ? "srpm" : "rpm",
            .rpm = rpm, .unsigned_sha256 = std::move(unsigned_form)};
}

Package package(char digest, const std::string& name, std::vector<Capability> provides, std::vector<Capability> needs)
{
    Package made{.artifact = artifact(digest, name, "x86_64"), .header = Header(), .sha512 = {}, .keys = {}};
    made.header->info = *made.artifact.rpm;
    made.header->provides = std::move(provides);
    made.header->needs = std::move(needs);
    return made;
}

Capability capability(const std::string& name)
{
    return {name, 0, "", name};
}

} // namespace

TEST_CASE("bytes that are not UTF-8 are escaped, everything else stays")
{
    CHECK(valid_text("plain é 日本 \U0001F600\n\t") == "plain é 日本 \U0001F600\n\t");
    CHECK(valid_text("caf\xe9") == "caf\\xe9");
    CHECK(valid_text("caf\\xe9") == "caf\\x5cxe9");
    CHECK(valid_text("C:\\xylo \\xE9") == "C:\\xylo \\xE9");
    CHECK(valid_text("\xc0\xaf\xed\xa0\x80\xf5") == "\\xc0\\xaf\\xed\\xa0\\x80\\xf5");
    CHECK(valid_text("a\x01\x7f\xe2\x82") == "a\\x01\\x7f\\xe2\\x82");
}

TEST_CASE("the newest signed form of each package is shipped")
{
    Manifest manifest;
    REQUIRE(manifest.add(artifact('1', "a", "x86_64")));
    REQUIRE(manifest.add(artifact('2', "a", "x86_64", digest_of('1'))));
    REQUIRE(manifest.add(artifact('3', "a", "x86_64", digest_of('1'))));
    REQUIRE(manifest.add(artifact('4', "b", "x86_64")));
    Artifact log{.sha256 = digest_of('5'), .size = 1, .name = "log", .kind = "log", .rpm = {}, .unsigned_sha256 = {}};
    REQUIRE(manifest.add(log));
    std::vector<const Artifact*> shipped = shipped_packages(manifest);
    REQUIRE(shipped.size() == 2);
    CHECK(shipped[0]->sha256 == digest_of('3'));
    CHECK(shipped[1]->sha256 == digest_of('4'));
}

TEST_CASE("needs are resolved to one provider, itself first, and the rest is told")
{
    std::vector<Package> packages{package('1', "app", {capability("app")},
                                          {capability("libx"), capability("app"), capability("none"),
                                           capability("rpmlib(X)"), capability("/usr/bin/x")}),
                                  package('2', "libx", {capability("libx")}, {}),
                                  package('3', "libx-compat", {capability("libx")}, {})};
    packages[1].header->files.push_back({"/usr/bin/x", std::nullopt, ""});
    Graph graph = describe(Manifest(), packages, {}, Options());
    REQUIRE(graph.components.size() == 3);
    CHECK(graph.components[0].name == "app");
    CHECK(graph.components[0].depends_on == std::vector<std::string>{graph.components[1].ref});
    CHECK(graph.components[0].unresolved == std::vector<std::string>{"none"});
    CHECK(graph.components[1].depends_on.empty());
}

TEST_CASE("a document is numbered by its content, whatever the order of its members")
{
    std::vector<Package> packages{package('1', "app", {}, {})};
    Graph graph = describe(Manifest(), packages, {}, Options());
    for (Json document : {cyclonedx(graph), spdx(graph)}) {
        auto read = read_sbom(canonical_json(document));
        REQUIRE(read);
        CHECK(read->ours);
        CHECK(read->id == read->content_id);
        REQUIRE(read->packages.size() == 1);
        CHECK(read->packages[0].value("SHA-256") == digest_of('1'));
        CHECK(read->packages[0].value("albs:rpm:nevra") == "app-1-1.x86_64");
        document.set("x", "changed");
        CHECK(read_sbom(write_json(document))->id != read_sbom(write_json(document))->content_id);
    }
}

TEST_CASE("provenance is told of what was built, not of what failed")
{
    Manifest manifest;
    REQUIRE(manifest.add(artifact('1', "app", "x86_64")));
    for (const char* status : {"ok", "failed"}) {
        Task task;
        task.id = std::string("app/host/") + status;
        task.source = "app";
        task.platform = "host";
        task.arch = "x86_64";
        task.backend = "host";
        task.status = status;
        task.artifacts = {digest_of('1')};
        task.isolation = Json::object();
        task.started = task.finished = "2026-01-01T00:00:00Z";
        REQUIRE(manifest.add(task));
    }
    Graph graph = describe(manifest, {{.artifact = manifest.artifacts()[0], .header = {}, .sha512 = {}, .keys = {}}},
                           {}, Options());
    std::vector<Json> statements = provenance(manifest, graph, "urn:builder");
    REQUIRE(statements.size() == 1);
    CHECK(write_json(*statements[0].find("subject")) ==
          R"([{"name":"app-1-1.x86_64.rpm","digest":{"sha256":")" + digest_of('1') + R"("}}])");
}

TEST_CASE("buildroot locks are read by their package lists")
{
    auto lock =
        read_lock(R"({"packages":[{"nevra":"gcc-c++-2:11.4~a-2.el9.x86_64","sha256":"aa","header_sha256":"bb"}]})");
    REQUIRE(lock);
    CHECK(lock->at(0).name == "gcc-c++");
    CHECK(lock->at(0).version == "2:11.4~a-2.el9");
    CHECK(lock->at(0).arch == "x86_64");
    // A host whose packages are no RPMs names them in three parts.
    auto host = read_lock(R"({"packages":[{"name":"libc6","version":"2.36-9","arch":"amd64"}]})");
    REQUIRE(host);
    CHECK(host->at(0).name == "libc6");
    CHECK(host->at(0).foreign);
    for (const char* bad : {"", "{}", "{\"packages\":1}", "{\"packages\":[{}]}"})
        CHECK_FALSE(read_lock(bad));
}
