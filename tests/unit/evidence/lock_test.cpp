// SPDX-License-Identifier: GPL-3.0-or-later
// The lock of a root is recorded once, whatever number of tasks had that root; their own records name it.
#include <algorithm>

#include "unit/evidence/fixture.hpp"

using evidence_test::Fixture;

TEST_CASE("evidence: a lock that tasks share is one file, and no task has to have made it")
{
    Fixture f;
    Artifact lock = f.manifest.artifacts()[1];
    lock.sha256 = sha256("lock").hex();
    lock.name = "host.buildroot.json";
    lock.kind = "buildroot";
    lock.rpm = {};
    REQUIRE(f.manifest.add(lock));
    for (const char* name : {"first", "second"}) {
        Artifact log = lock;
        log.sha256 = sha256(name).hex();
        log.name = std::string(name) + ".log";
        log.kind = "log";
        Task task = f.manifest.tasks()[0];
        task.id = name;
        task.artifacts.clear();
        task.log = log.sha256;
        task.buildroot = lock.sha256;
        REQUIRE(f.manifest.add(log));
        REQUIRE(f.manifest.add(task));
    }
    std::vector<Draft> drafts = drafts_of(f.manifest, {.key = "key", .origin = "log.example.org"});
    auto about_lock = [&](const Draft& draft) { return draft.about == lock.sha256.view(); };
    REQUIRE(std::count_if(drafts.begin(), drafts.end(), about_lock) == 1);
    CHECK(std::find_if(drafts.begin(), drafts.end(), about_lock)->kind == "file");
    f.notarize();
    const EvidenceReader reader(f.manifest, f.trust);
    for (const Artifact& artifact : f.manifest.artifacts())
        CHECK(reader.of_artifact(artifact).answer == Evidence::Answer::verified);
    // A task that lists the lock among what it made claims it.
    Manifest more = f.manifest;
    Task claims = f.manifest.tasks()[0];
    claims.id = "third";
    claims.artifacts = {lock.sha256};
    REQUIRE(more.add(claims));
    CHECK(EvidenceReader(more, f.trust).of_artifact(lock).answer == Evidence::Answer::absent);
}
