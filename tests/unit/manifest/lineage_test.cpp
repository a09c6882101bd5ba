// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/lineage.hpp"

#include <doctest/doctest.h>

#include "base/digest.hpp"
#include "sys/file.hpp"
#include "unit/source_file.hpp"

using namespace albs;

TEST_CASE("lineage: the file, what it was signed from, its source package and its commit")
{
    Manifest manifest = *Manifest::parse(*sys::read_file(source_file("tests/data/ledger/manifest.json")));
    const Source source = manifest.sources()[0];
    REQUIRE(source.commit);
    const std::string came_as = source.srpm.value_or("");
    const Task task = manifest.tasks()[0];
    const Artifact built = *manifest.artifact(task.artifacts.front());
    Artifact signed_file = built;
    signed_file.sha256 = sha256("signed").hex();
    signed_file.unsigned_sha256 = built.sha256;
    REQUIRE(manifest.add(signed_file));
    Lineage lineage(manifest);
    using Digests = std::vector<std::string>;
    CHECK(lineage.of(built) == Digests{built.sha256, came_as, *source.commit});
    CHECK(lineage.of(signed_file.sha256) == Digests{signed_file.sha256, built.sha256, came_as, *source.commit});
    CHECK(lineage.of(came_as) == Digests{came_as, came_as, *source.commit});
    CHECK(lineage.of("unknown") == Digests{"unknown"});
}

TEST_CASE("lineage: the source package that a task built, and the tree that it was made of")
{
    Manifest manifest;
    Source source;
    source.id = source.name = "it";
    source.kind = "git";
    source.commit = std::string(40, 'c');
    source.files = sha256("tree").hex();
    REQUIRE(manifest.add(source));
    Artifact built{
        .sha256 = sha256("rpm").hex(), .size = 3, .name = "it.rpm", .kind = "rpm", .rpm = {}, .unsigned_sha256 = {}};
    Artifact package = built;
    package.sha256 = sha256("srpm").hex();
    package.name = "it.src.rpm";
    REQUIRE(manifest.add(built));
    REQUIRE(manifest.add(package));
    Task task;
    task.id = "it/host/noarch";
    task.source = "it";
    task.status = "ok";
    task.started = task.finished = "2026-01-01T00:00:00Z";
    task.srpm = package.sha256;
    task.artifacts = {built.sha256, package.sha256};
    REQUIRE(manifest.add(task));
    Lineage lineage(manifest);
    using Digests = std::vector<std::string>;
    CHECK(lineage.of(built) == Digests{built.sha256, package.sha256, *source.files, *source.commit});
    CHECK(lineage.of(package) == Digests{package.sha256, package.sha256, *source.files, *source.commit});
    CHECK(lineage.of(*source.files) == Digests{*source.files});
}
