// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-build/variation.hpp"

#include <doctest/doctest.h>

#include "sandbox/sandbox.hpp"

using namespace albs;
using build::Variation;

TEST_CASE("variation: words, and none else")
{
    CHECK(build::read_variation("").value().empty());
    CHECK(build::read_variation("host,umask").value() == Variation{"host", "umask"});
    CHECK(build::read_variation("all,host").value().size() == 7);
    for (const char* wrong : {"moon", "host,,umask", "Host", ","})
        CHECK(build::read_variation(wrong).error().kind == Kind::usage);
}

TEST_CASE("variation: what it changes of a job")
{
    sandbox::Job job;
    job.argv = {"rpmbuild", "-rb"};
    job.environment = {"RPM_BUILD_NCPUS=1", "SOURCE_DATE_EPOCH=7"};
    const sandbox::Job before = job;
    build::vary({}, job);
    CHECK(job.argv == before.argv);
    CHECK(job.environment == before.environment);
    build::vary({"jobs", "path", "umask", "host"}, job);
    CHECK(job.environment == std::vector<std::string>{"SOURCE_DATE_EPOCH=7", "RPM_BUILD_NCPUS=3"});
    CHECK(job.argv[0] == "sh");
    CHECK(job.argv[4] == "rpmbuild");
    CHECK(job.argv[6] == "_topdir /builddir/" + build::varied_top({"path"}));
    CHECK(job.host_name != before.host_name);
    CHECK(build::varied_top({"host"}) == "build");
}

TEST_CASE("variation: the causes are a smallest set that differs")
{
    std::size_t asked = 0;
    auto causes = [&](const Variation& varied, auto differs) {
        asked = 0;
        return build::find_causes(varied,
                                  [&](const Variation& these) -> Result<bool> {
                                      ++asked;
                                      return differs(these);
                                  })
            .value();
    };
    const Variation all{"host", "jobs", "locale", "path", "time", "umask"};
    CHECK(causes(all, [](const Variation& these) { return these.contains("path"); }) == Variation{"path"});
    CHECK(asked <= all.size());
    CHECK(causes(all, [](const Variation& these) { return these.contains("host") && these.contains("time"); }) ==
          Variation{"host", "time"});
    CHECK(causes(all, [](const Variation& these) { return these.contains("host") || these.contains("time"); }).size() ==
          1);
    CHECK(causes({"host"}, [](const Variation&) { return true; }) == Variation{"host"});
    CHECK(asked == 0);
    auto failing = [](const Variation&) -> Result<bool> { return fail(Kind::environment, "no"); };
    CHECK(build::find_causes(all, failing).error().kind == Kind::environment);
}
