// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/albs-test/inspection/faults.hpp"

#include <doctest/doctest.h>

#include <set>

#include "sys/file.hpp"
#include "tests/unit/source_file.hpp"

using namespace albs;
using namespace albs::test;

namespace {

/// As scdoc wants it.
std::string escaped(std::string_view text)
{
    std::string out;
    for (char c : text) {
        if (c == '_' || c == '~' || c == '*')
            out += '\\';
        out += c;
    }
    return out;
}

} // namespace

TEST_CASE("the table of the page is that of the code, row for row")
{
    std::string table;
    std::string_view test;
    std::set<std::string_view> names;
    for (const FaultRule& rule : fault_rules) {
        CHECK(names.insert(rule.name).second);
        CHECK(rule.test.starts_with("inspect/"));
        if (rule.test != test)
            table += "|[ *" + std::string(rule.test) + "*\n:[\n:[\n";
        test = rule.test;
        table += "|[ " + std::string(rule.name) + "\n:[ " +
                 (rule.severity == Severity::failure ? "failure" : "warning") + "\n:[ " + escaped(rule.what) + "\n";
    }
    Result<std::string> page = sys::read_file(source_file("man/albs-test.1.scd"));
    REQUIRE(page);
    CHECK(page->find("[[ *Fault*\n:[ *Severity*\n:[ *What it is*\n" + table + "\n") != std::string::npos);
}

TEST_CASE("faults: failures first, what nobody sees escaped, and a test that found nothing was done all the same")
{
    Faults faults;
    faults.look_at("modes");
    faults.add("no-pie", "'/usr/bin/\x1b[0m\xff' is loaded");
    faults.add("privileged-without-pie", "'/usr/bin/x'");
    faults.skip("symbols", "libraries are not at hand");
    CHECK(faults.was_looked_at("inspect/modes"));
    CHECK(faults.was_looked_at("inspect/pie"));
    CHECK_FALSE(faults.was_looked_at("inspect/relro"));
    CHECK(faults.of("inspect/modes").empty());
    const std::vector<Faults::Fault> found = faults.of("inspect/pie");
    REQUIRE(found.size() == 2);
    CHECK(found[0].rule->severity == Severity::failure);
    CHECK(found[1].text == "'/usr/bin/\\033[0m\\377' is loaded");
    CHECK(faults.why_skipped("inspect/symbols") == "libraries are not at hand");
    CHECK(faults.why_skipped("inspect/pie").empty());
}
