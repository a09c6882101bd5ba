// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/lineage.hpp"

#include <doctest/doctest.h>

#include "base/digest.hpp"
#include "sys/file.hpp"

using namespace albs;

TEST_CASE("lineage: the file, what it was signed from, its source package and its commit")
{
    Manifest manifest = *Manifest::parse(*sys::read_file(ALBS_SOURCE_DIR "/tests/data/ledger/manifest.json"));
    const Source source = manifest.sources()[0];
    REQUIRE(source.commit);
    const Task task = manifest.tasks()[0];
    const Artifact built = *manifest.artifact(task.artifacts.front());
    Artifact signed_file = built;
    signed_file.sha256 = sha256("signed").hex();
    signed_file.unsigned_sha256 = built.sha256;
    REQUIRE(manifest.add(signed_file));
    Lineage lineage(manifest);
    using Digests = std::vector<std::string>;
    CHECK(lineage.of(built) == Digests{built.sha256, source.srpm, *source.commit});
    CHECK(lineage.of(signed_file.sha256) == Digests{signed_file.sha256, built.sha256, source.srpm, *source.commit});
    CHECK(lineage.of(source.srpm) == Digests{source.srpm, source.srpm, *source.commit});
    CHECK(lineage.of("unknown") == Digests{"unknown"});
}
