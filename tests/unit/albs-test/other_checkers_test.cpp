// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-test/other_checkers.hpp"

#include <doctest/doctest.h>

using namespace albs::test;

namespace {

constexpr const char* rpmlint_frame =
    "============ rpmlint session starts ============\nrpmlint: 2.4.0\npackages: 1\n\n{}"
    "== 1 packages and 0 specfiles checked; 1 errors, 1 warnings, 0 filtered, 1 badness; has taken 0.3 s ==\n";

std::string framed(const std::string& lines)
{
    std::string text = rpmlint_frame;
    return text.replace(text.find("{}"), 2, lines);
}

} // namespace

TEST_CASE("rpmlint: errors are failures, warnings warn, and the log does not tell the time")
{
    Finding both = judge_rpmlint(framed("a.noarch: W: no-documentation\na.noarch: E: no-binary x\n"));
    CHECK(both.name == "inspect/rpmlint");
    CHECK(both.status == "fail");
    CHECK(both.reason == "no-binary x");
    CHECK(both.log == "a.noarch: W: no-documentation\na.noarch: E: no-binary x\n");
    Finding warned = judge_rpmlint(framed("a.noarch: W: one\na.noarch: W: two\n"));
    CHECK(warned.status == "pass");
    CHECK(warned.reason == "one (and 1 more)");
    Finding clean = judge_rpmlint(framed(""));
    CHECK(clean.status == "pass");
    CHECK(clean.reason.empty());
    CHECK(clean.log.empty());
}

TEST_CASE("rpmlint: what breaks off is no result")
{
    CHECK(judge_rpmlint("").status == "skip");
    CHECK(judge_rpmlint("Traceback (most recent call last):\nKeyError: 'x'\n").status == "skip");
    Finding fatal = judge_rpmlint(framed("(none): E: fatal error while reading a.rpm: damaged\n"));
    CHECK(fatal.status == "skip");
    CHECK(fatal.reason == "rpmlint fails: fatal error while reading a.rpm: damaged");
}

TEST_CASE("rpminspect: its results by their names")
{
    Finding bad = judge_rpminspect(R"(warning: no data
{ "license": [ { "result": "OK", "waiver authorization": "Not Waivable" } ],
  "permissions": [ { "result": "WAIVED", "message": "it was so" }, { "result": "VERIFY", "message": "mode 4755" } ],
  "virus": [ { "result": "INFO", "message": "no database" } ] }
)");
    CHECK(bad.name == "inspect/rpminspect");
    CHECK(bad.status == "fail");
    CHECK(bad.reason == "permissions: mode 4755");
    CHECK(bad.log == "OK license: \nWAIVED permissions: it was so\nVERIFY permissions: mode 4755\n"
                     "INFO virus: no database\n");
    Finding warned = judge_rpminspect(R"({"virus": [{"result": "INFO", "message": "no database"}]})");
    CHECK(warned.status == "pass");
    CHECK(warned.reason == "virus: no database");
    CHECK(judge_rpminspect(R"({"license": [{"result": "OK"}]})").reason.empty());
    CHECK(judge_rpminspect("").status == "skip");
    CHECK(judge_rpminspect("{ \"license\": ").status == "skip");
    CHECK(judge_rpminspect("no configuration {x}").status == "skip");
}
