// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration of a debranding, and what its releases and versions come to.
// Also of: albs-fetch/debrand_entry
#include "tools/albs-fetch/debrand_config.hpp"

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "tools/albs-fetch/debrand_release.hpp"
#include "tools/albs-fetch/debrand_version.hpp"

using albs::fetch::Lines;

namespace {

std::string why_not(const std::string& actions)
{
    auto read = albs::fetch::read_actions("actions:\n" + actions, "c.yaml");
    return read ? "" : read.error().message;
}

} // namespace

TEST_CASE("debrand: a configuration is refused with its line")
{
    auto read = albs::fetch::read_actions("parameters: {insert_almalinux_line: false}\nactions:\n- changelog_entry:\n"
                                          "  - {name: a, email: b, line: [one]}\n  - {name: c, email: d, line: [two]}\n"
                                          "- add_files: [{type: patch, name: x.patch, number: Latest}]\n",
                                          "c.yaml");
    REQUIRE(read);
    REQUIRE(read->actions.size() == 3);
    CHECK(read->actions[0].person == "c"); // it goes below the other one
    CHECK(!read->actions[2].marks);
    CHECK(!read->actions[2].number);
    auto octal = albs::fetch::read_actions("actions: [add_files: [{type: patch, name: x.patch, number: 0001}]]", "c");
    REQUIRE(octal);
    CHECK(octal->actions.front().number == 1);
    CHECK(why_not("- add_files: [{type: patch, name: x.patch, number: 0008}]\n").find("'number'") != std::string::npos);
    CHECK(why_not("- run_script: [{script: a/b}]\n").starts_with("c.yaml:2: run_script: 'a/b' is not the name"));
    CHECK(why_not("- run_script: [{script: x, cwd: /}]\n").find("'cwd' is neither") != std::string::npos);
    CHECK(why_not("- run_script: [{script: x, cwd: autopatch}, {script: x, cwd: rpms}]\n").empty());
    CHECK(why_not("- modify_release: [{suffix: .a, auto_increment: true}]\n").find("no number at its end") !=
          std::string::npos);
    CHECK(why_not("- odd: [{x: y}]\n") == "c.yaml:2: unknown action 'odd'");
    CHECK(why_not("- delete_files:\n  - file_name: x\n    odd: y\n") == "c.yaml:4: delete_files: unknown key 'odd'");
    CHECK(why_not("- delete_files:\n  - {}\n") == "c.yaml:3: delete_files: 'file_name' is missing or empty");
    CHECK(
        why_not("- replace:\n  - {target: spec, find: a, rfind: b, replace: c}\n").starts_with("c.yaml:3: replace: "));
    CHECK(why_not("- replace:\n  - {target: spec, find: a, replace: c, count: 0}\n").find("'count'") !=
          std::string::npos);
    CHECK(why_not("- add_files:\n  - {type: patch, name: a/b}\n").find("'a/b'") != std::string::npos);
    CHECK(why_not("- modify_release:\n  - {suffix: 1}\n").find("'suffix' is not text") != std::string::npos);
    CHECK(!why_not("- 1\n").empty());
    CHECK(!why_not("[]\n").empty());
}

TEST_CASE("debrand: parameters count, and are refused like the keys of an action")
{
    auto read = albs::fetch::read_actions("parameters: {el_version: 9, custom_target_branch: a9-x, tag_prefix: p-,\n"
                                          "  ignore_version_macros: true, pre_clean: true}\n"
                                          "actions: [modify_release: [{suffix: .alma.1, auto_increment: true}]]\n",
                                          "c.yaml");
    REQUIRE(read);
    CHECK(read->parameters.el_version == "9");
    CHECK(read->parameters.target_branch == "a9-x");
    CHECK(read->parameters.tag_prefix == "p-");
    CHECK(read->parameters.has_raw_version);
    CHECK(!read->parameters.has_raw_release);
    CHECK(read->actions.front().counts_tags);
    auto refused = [](const std::string& parameters) {
        auto one = albs::fetch::read_actions(
            "parameters: {" + parameters + "}\nactions: [delete_files: [{file_name: x}]]", "c.yaml");
        return one ? std::string() : one.error().message;
    };
    CHECK(refused("rhel_version: '10'").empty());
    CHECK(refused("el_version: nine") == "c.yaml:1: parameters: 'el_version' is no number");
    CHECK(refused("odd: 1") == "c.yaml:1: parameters: unknown key 'odd'");
    CHECK(refused("pre_clean: 3").find("'pre_clean' is not true or false") != std::string::npos);
}

TEST_CASE("debrand: a release is counted by the tags of its version")
{
    using albs::fetch::ImportTags;
    auto counted = [](const std::string& parameters, const std::optional<ImportTags>& tags) {
        auto read = albs::fetch::read_actions("parameters: {" + parameters +
                                                  "}\nactions: [modify_release: [{suffix: .fix}, "
                                                  "{suffix: .alma.4, auto_increment: true}]]",
                                              "c.yaml");
        REQUIRE(read);
        auto suffixes = albs::fetch::count_releases(*read, "c.yaml", tags);
        if (!suffixes)
            return "refused: " + suffixes.error().message;
        return albs::join(*suffixes, " ");
    };
    const std::string import = "imports/c9/x-1-2.el9";
    CHECK(counted("", ImportTags{import, {}}) == ".alma.4");
    CHECK(counted("", ImportTags{import, {"changed/a9/x-1-2.el9.alma.1", "changed/a9/x-1-2.el9.alma.10"}}) ==
          ".alma.11");
    // Another version, branch, end or prefix does not count.
    CHECK(counted("", ImportTags{import,
                                 {"changed/a9/x-1-3.el9.alma.8", "changed/a8/x-1-2.el9.alma.8",
                                  "changed/a9/x-1-2.el9.alma.8b", "changed/a9/x-1-2.el9.alma.",
                                  "p/changed/a9/x-1-2.el9.alma.8",
                                  "changed/a9/x-1-2.el9.alma.99999999999999999999"}}) == ".alma.4");
    CHECK(counted("custom_target_branch: a9-x", ImportTags{import, {"changed/a9-x/x-1-2.el9.alma.6"}}) == ".alma.7");
    CHECK(counted("tag_prefix: p/", ImportTags{import, {"p/changed/a9/x-1-2.el9.alma.6"}}) == ".alma.7");
    CHECK(counted("", ImportTags{"imports/c9-beta/x-1", {"changed/a9-beta/x-1.alma.1"}}) == ".alma.2");
    CHECK(counted("", {}).starts_with("refused: c.yaml:2: modify_release: 'auto_increment' counts the tags"));
    for (const char* other : {"", "v1.0", "imports/", "imports/c9", "imports//x-1"})
        CHECK(counted("", ImportTags{other, {}}).find("needs a tag imports/BRANCH/") != std::string::npos);
}

TEST_CASE("debrand: what a version is without evaluating the spec file, and when it cannot be said")
{
    using albs::fetch::is_written_plainly;
    const Lines spec{"Name: x", "Version: 1.0", "Release: 4%{?dist}.alma.1", "%package y", "Version: %{other}"};
    CHECK(is_written_plainly(spec));
    CHECK(albs::fetch::evr_of(albs::fetch::written_version(spec)) == "1.0-4%{?dist}.alma.1");
    CHECK(albs::fetch::without_dist("4%{?dist}.alma.1%{dist}") == "4.alma.1");
    CHECK(albs::fetch::evr_of({"2", "1", "3"}) == "2:1-3");
    CHECK(!is_written_plainly({"Version: %{v}", "Release: 1"}));
    CHECK(!is_written_plainly({"Version: 1", "Release: 1%{?rc}%{?dist}"}));
    CHECK(!is_written_plainly({"Version: 1", "%if 0%{?rhel}", "Epoch: 1", "%endif", "Release: 1"}));
    CHECK(is_written_plainly({"%if 0%{?rhel}", "%global x 1", "%endif", "Version: 1", "Release: 1"}));
}

TEST_CASE("debrand: of which release of Enterprise Linux a ref is")
{
    using albs::fetch::el_version_of;
    CHECK(el_version_of("c9") == "9");
    CHECK(el_version_of("c10s") == "10");
    CHECK(el_version_of("a9-beta") == "9");
    CHECK(el_version_of("refs/heads/c9") == "9");
    CHECK(el_version_of("imports/c9/x-1-2.el9") == "9");
    for (const char* other : {"", "HEAD", "main", "rawhide", "f41", "c", "chrome", "/", "a//c9x"})
        CHECK(el_version_of(other) == (std::string(other) == "a//c9x" ? "9" : "8"));
}
