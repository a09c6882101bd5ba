// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of a debranding on lines.
// Also of: albs-fetch/debrand_changelog, albs-fetch/debrand_patch, albs-fetch/debrand_section
// Also of: albs-fetch/debrand_pattern
#include "tools/albs-fetch/debrand_edit.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "base/text.hpp"
#include "tools/albs-fetch/debrand_pattern.hpp"

using albs::fetch::Action;
using albs::fetch::Lines;

namespace {

std::string text_of(const Lines& lines)
{
    return albs::join(lines, "\n");
}

Lines edited(Lines lines, const Action& action, bool is_spec = true)
{
    albs::Status done = albs::fetch::replace(lines, action, is_spec);
    return done ? lines : Lines{"refused: " + done.error().message};
}

Action replacement(const std::string& find, const std::string& with, std::int64_t count = -1)
{
    Action action{.action = "replace"};
    action.find = albs::fetch::lines_of(find);
    if (!with.empty())
        action.replacement = albs::fetch::lines_of(with);
    action.count = count;
    return action;
}

} // namespace

TEST_CASE("debrand: replace changes words, not comments and not the changelog")
{
    const Lines spec{"Name: up", "# up", "  echo up up", "%changelog", "- up"};
    CHECK(edited(spec, replacement("up", "down")) ==
          Lines{"Name: down", "# up", "  echo down down", "%changelog", "- up"});
    CHECK(edited(spec, replacement("up", "down", 2)) ==
          Lines{"Name: down", "# up", "  echo down up", "%changelog", "- up"});
    CHECK(edited(spec, replacement("# up", "# down"))[1] == "# down");
    CHECK(edited(spec, replacement("up", "down"), false)[4] == "- down");
    CHECK(edited(spec, replacement("up", ""))[2] == "  echo  ");
    // What is put in is not looked at again.
    CHECK(edited({"a a"}, replacement("a", "aa")) == Lines{"aa aa"});
    CHECK(edited(spec, replacement("- up", "x")) == Lines{"refused: nothing matches '- up'"});
}

TEST_CASE("debrand: several lines take the indent of what they replace")
{
    CHECK(text_of(edited({"  echo up"}, replacement("echo up", "one\ntwo\n"))) == "  one\n  two");
    const Lines lines{"  if x; then", "    gzip", "  fi", "last"};
    const std::string block = "if x; then\n      gzip\nfi\n";
    CHECK(edited(lines, replacement(block, "one\ntwo\n")) == Lines{"  one", "  two", "last"});
    CHECK(edited(lines, replacement(block, "")) == Lines{"last"});
    CHECK(edited({"if x; then", "    gzip"}, replacement(block, "x")).front().starts_with("refused: "));
}

TEST_CASE("debrand: regular expressions")
{
    Action action = replacement("Up(per)? (\\w+)", "Lower \\2$1");
    action.is_regular = true;
    CHECK(edited({"Upper case, Up side"}, action) == Lines{"Lower case$1, Lower side$1"});
    action.count = 1;
    CHECK(edited({"Upper case, Up side", "Up there"}, action) == Lines{"Lower case$1, Up side", "Lower there$1"});
    CHECK(edited({std::string(70000, 'x')}, action).front().find("65536") != std::string::npos);
    std::string line = "a12-b3";
    CHECK(*albs::fetch::replace_matches(line, "^\\D(\\d+)", "<\\g<1>>", false));
    CHECK(line == "<12>-b3");
    line = "ab";
    CHECK(*albs::fetch::replace_matches(line, "x*", "-", false));
    CHECK(line == "-a-b-");
    for (const char* wrong : {"(", "(?P<name>x)", "(?i)x", "\\Ax", "a*?", "[\\w]", "x\\", "a\\1"})
        CHECK_MESSAGE(!albs::fetch::check_pattern(wrong, "x"), wrong);
    CHECK(!albs::fetch::check_pattern("(a)", "\\2"));
    CHECK(!albs::fetch::check_pattern("(a)", "\\y"));
    CHECK(albs::fetch::check_pattern("(a)|[]*?x]|[^]+?]", "\\1\\.\\n"));
}

TEST_CASE("debrand: delete_line takes whole lines away")
{
    Lines lines{" ExcludeArch: s390x ", "ExcludeArch: s390x ppc64le", "%changelog", "ExcludeArch: s390x"};
    CHECK(albs::fetch::delete_block(lines, "ExcludeArch: s390x", true));
    CHECK(lines.size() == 3);
    CHECK(!albs::fetch::delete_block(lines, "ExcludeArch: s390x", true));
    CHECK(albs::fetch::delete_block(lines, "ExcludeArch: s390x ppc64le\n%changelog\n", true));
    CHECK(lines == Lines{"ExcludeArch: s390x"});
}

TEST_CASE("debrand: modify_release")
{
    Lines spec{"Name: x", "Release: 4%{?dist}  "};
    CHECK(albs::fetch::modify_release(spec, ".alma.1"));
    CHECK(spec[1] == "Release: 4%{?dist}.alma.1");
    Lines without{"Name: x"};
    CHECK(!albs::fetch::modify_release(without, ".alma.1"));
    // Nothing that a suffix could go behind, as autopatch has it.
    Lines undefined{"Release: %autorelease"};
    CHECK(albs::fetch::modify_release(undefined, ".alma.1"));
    CHECK(undefined[0] == "Release: %autorelease");
    Lines defined{"%define autorelease(e:s:pb:n) %{?-p:0.}%{lua:", "    release_number = 3;",
                  "}%{?-e:.%{-e*}}%{?-s:.%{-s*}}%{!?-n:%{?dist}}", "Release: %autorelease"};
    CHECK(albs::fetch::modify_release(defined, ".alma.1"));
    CHECK(defined[2] == "}%{?-e:.%{-e*}}%{?-s:.%{-s*}}%{!?-n:%{?dist}}.alma.1");
    CHECK(defined[3] == "Release: %autorelease");
}

TEST_CASE("debrand: a changelog entry has its day, and is not older than the one below it")
{
    Action action{.action = "changelog_entry"};
    action.person = "A";
    action.email = "a@example.org";
    action.texts = {"one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"};
    Lines spec{"Epoch: 2", "Version: %{v}", "Release: 4%{?dist}.alma.1", "%changelog",
               "* Wed Nov 01 12:00:00 UTC 2023 B <b@example.org> - 1-4"};
    Lines later = spec;
    const std::string evr = "2:1-4";
    CHECK(albs::fetch::add_changelog(spec, action, evr, {}));
    CHECK(spec[4] == "* Wed Nov 01 2023 A <a@example.org> - 2:1-4\n"
                     "- one two three four five six seven eight nine ten eleven twelve thirteen\n"
                     "  fourteen fifteen sixteen\n");
    // On the day that is given, but not before the newest.
    Lines earlier = later;
    CHECK(albs::fetch::add_changelog(later, action, evr, 1736812800));
    CHECK(later[4].starts_with("* Tue Jan 14 2025 A <a@example.org> - 2:1-4\n"));
    CHECK(albs::fetch::add_changelog(earlier, action, evr, 1698796799));
    CHECK(earlier[4].starts_with("* Wed Nov 01 2023 A "));
    Lines none{"Version: 1", "Release: 1", "%changelog"};
    CHECK(!albs::fetch::add_changelog(none, action, evr, {}));
    CHECK(albs::fetch::add_changelog(none, action, evr, 951782400));
    CHECK(none[3].starts_with("* Tue Feb 29 2000 A "));
    Lines automatic{"Version: 1", "%changelog", "%autochangelog"};
    CHECK(albs::fetch::add_changelog(automatic, action, evr, {}));
    CHECK(automatic.size() == 3);
}

TEST_CASE("debrand: add_line finds the section of the package")
{
    const Lines spec{"Name: x", "%description", "D", "%package -n y",      "Summary: y", "%prep",
                     "P",       "%pre -n y",    "Q", "%files -f x.lang z", "F",          "%files"};
    auto added = [&](const std::string& section, const std::string& package, bool at_top) {
        Action action{.action = "add_line"};
        action.section = section;
        action.subpackage = package;
        action.at_top = at_top;
        action.texts = {"new"};
        Lines lines = spec;
        if (!albs::fetch::add_to_section(lines, action))
            return std::string("refused");
        auto at = std::find(lines.begin(), lines.end(), "new\n");
        return at == lines.begin() ? std::string("start") : *(at - 1);
    };
    CHECK(added("global", "", true) == "start");
    CHECK(added("global", "", false) == "Name: x");
    CHECK(added("global", "y", false) == "Summary: y");
    CHECK(added("prep", "", true) == "%prep");
    CHECK(added("prep", "", false) == "P");
    CHECK(added("pre", "y", false) == "Q");
    CHECK(added("pre", "", false) == "refused");
    CHECK(added("files", "z", true) == "%files -f x.lang z");
    CHECK(added("files", "", true) == "%files");
    CHECK(added("check", "", true) == "refused");
}

TEST_CASE("debrand: add_files numbers a patch and applies it as the others are")
{
    auto added = [](Lines lines, std::optional<std::int64_t> number, const albs::fetch::PatchSeries& series) {
        Action action{.action = "add_files"};
        action.file = "a.b.patch";
        action.is_patch = true;
        action.number = number;
        action.marks = false;
        albs::Status done = albs::fetch::add_to_spec(lines, action, series);
        return done ? text_of(lines) : "refused";
    };
    CHECK(added({"Source0: s", "Patch3: p", "%prep", "%patch3 -p1", "%build"}, {}, {}) ==
          "Source0: s\nPatch3: p\nPatch4: a.b.patch\n%prep\n%patch3 -p1\n%patch4 -p1 -b .ab\n%build");
    CHECK(added({"Patch3: p", "%patch -P 3"}, 9, {}) ==
          "Patch3: p\nPatch9: a.b.patch\n%patch -P 3\n%patch -P 9 -p1 -b .ab");
    CHECK(added({"Patch3: p", "%patch -P3"}, {}, {}) ==
          "Patch3: p\nPatch4: a.b.patch\n%patch -P3\n%patch -P4 -p1 -b .ab");
    CHECK(added({"Source0: s", "%prep", "%autosetup"}, {}, {}) == "Source0: s\nPatch1: a.b.patch\n%prep\n%autosetup");
    CHECK(added({"%if 1", "Patch3: p", "%endif", "%if 1", "%patch3", "%endif"}, {}, {}) ==
          "%if 1\nPatch3: p\n%endif\nPatch4: a.b.patch\n%if 1\n%patch3\n%endif\n%patch4 -p1 -b .ab");
    CHECK(added({"Patch3: p", "%autosetup", "ApplyOptionalPatch x"}, {}, {.is_kernel = true}) ==
          "Patch3: p\nPatch4: a.b.patch\n%autosetup\nApplyOptionalPatch x\nApplyPatch a.b.patch");
    CHECK(added({"Patch3: p"}, {}, {.has_a_file = true}) == "Patch3: p\nPatch4: a.b.patch");
    CHECK(added({"Patch3: p", "%setup"}, 3, {}) == "refused");
    CHECK(added({"Patch3: p"}, {}, {}) == "refused");
    CHECK(added({"Name: x"}, {}, {}) == "refused");
}
