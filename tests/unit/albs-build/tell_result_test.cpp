// SPDX-License-Identifier: GPL-3.0-or-later
// What a run counts at its end.
#include <doctest/doctest.h>

#include "tools/albs-build/tell_result.hpp"

using namespace albs;

namespace {

Task task(const std::string& id, const std::string& status, const std::string& kind = "")
{
    Task made;
    made.id = id;
    made.status = status;
    made.started = made.finished = "2026-01-01T00:00:00Z";
    if (!kind.empty())
        made.reason = Reason{"setup", kind, "why", {}, {}};
    return made;
}

} // namespace

TEST_CASE("tell result: built now, built before, failed, skipped, and not for this architecture")
{
    Manifest manifest;
    for (const Task& one :
         {task("a@1/h/x", "ok"), task("b@1/h/x", "ok"), task("c@1/h/x", "failed", "compile"),
          task("d@1/h/x", "skipped", "dependency"), task("e@1/h/x", "skipped", "arch"), task("f@1/h/x", "ok")})
        REQUIRE(manifest.add(one));
    build::RunCounts counts = build::count_tasks(manifest, {"a@1/h/x", "c@1/h/x"});
    CHECK(counts.built == 1);
    CHECK(counts.reused == 2);
    CHECK(counts.failed == 1);
    CHECK(counts.skipped == 1);
    CHECK(counts.excluded == 1);
    CHECK(counts.all() == 6);
}
