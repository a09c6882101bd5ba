// SPDX-License-Identifier: GPL-3.0-or-later
// What a notarization fixes of each record, byte for byte. Statements in logs that exist say it in these words: a proof
// of theirs holds only as long as none of these lines changes.
#include "albs/statement/binding.hpp"

#include <doctest/doctest.h>

#include "sys/file.hpp"
#include "unit/source_file.hpp"

using namespace albs;

TEST_CASE("binding: of every kind of record")
{
    auto text = sys::read_file(source_file("tests/schema/full.json"));
    REQUIRE(text);
    Json root = *read_json(*text);
    root.set("stages", Json::array());
    auto manifest = Manifest::parse(write_json(root));
    REQUIRE(manifest);
    const Artifact& artifact = manifest->artifacts()[0];
    std::string found;
    for (const Json& binding :
         {source_binding(manifest->sources()[0]), srpm_binding(artifact, manifest->sources()[0]),
          build_binding(*manifest, artifact, manifest->tasks()[0]), test_binding(manifest->tests()[0]),
          signature_binding(*manifest, manifest->signatures()[0]), release_binding(manifest->releases()[0]),
          errata_binding(manifest->errata()[0]), file_binding(artifact)})
        found += write_json(binding) + "\n";
    CHECK(found == *sys::read_file(source_file("tests/data/bindings.jsonl")));

    Artifact log = artifact;
    log.rpm.reset();
    CHECK(write_json(file_binding(log)).find(R"("nevra":null,"header_sha256":null,"payload_sha256":null})") !=
          std::string::npos);
}
