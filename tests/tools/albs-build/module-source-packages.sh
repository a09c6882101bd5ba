# SPDX-License-Identifier: GPL-3.0-or-later
# Components whose source packages need macros that another component makes: the profile srpm-buildroot of their module.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/module-lib.sh"
plain_platform
versions
component words <<'SPEC'
License: MIT
BuildArch: noarch
%description
x
%install
mkdir -p %{buildroot}/usr/lib/rpm/macros.d
echo '%%the_need library >= 1' >%{buildroot}/usr/lib/rpm/macros.d/macros.words
%files
/usr/lib/rpm/macros.d/macros.words
SPEC
component library <<'SPEC'
License: MIT
BuildArch: noarch
%description
x
%files
SPEC
component tool <<'SPEC'
License: MIT
BuildArch: noarch
BuildRequires: %{the_need}
%description
x
%files
SPEC
# module PROFILE: of which the root of source packages after words has the packages.
module() {
    template tools.yaml <<YAML
  license: {module: [MIT]}
  profiles: {srpm-buildroot: {rpms: [$1]}, buildroot: {rpms: [words]}}
  components:
    rpms:
      words: {rationale: Macros, ref: main, buildorder: -1, buildroot: true, srpm-buildroot: true}
      library: {rationale: First, ref: main}
      tool: {rationale: Then, ref: main, buildorder: 1}
YAML
    fetched tools
}
states() { jq -r '[.tasks[] | "\(.source | split("@")[0]) \(.status)"] | join(", ")' "$out"; }
module words
# What is made of it is not known before; that is no failure of the plan.
expect_from 0 tools.json albs-build plan --platforms test.yaml --platform test-9
expect_json '[.tasks[] | "\(.wave) \(.id | split("@")[0]) \(.build)"] | join(", ")' '1 words true, 2 library true, 2 tool true'
expect_json '.tasks[2].late' 'its source package is made with packages that are built before'

build 0 tools -j 2
cp "$out" built.json
[ "$(states)" = 'words ok, library ok, tool ok' ] || fail "$(states)"
expect_json '.module_builds | length' 1
# The source package says what the macro is, and the root of the package has the library.
tool=$(object_of "$(jq -r '.tasks[] | select(.source | startswith("tool@")).srpm' "$out")")
[ "$(rpm -qp --nosignature --requires "$tool" | grep library)" = 'library >= 1' ] || fail 'made without the macro'
lock=$(object_of "$(jq -r '.tasks[] | select(.source | startswith("tool@")).srpm_buildroot' "$out")")
jq -e '.packages[] | select(.name == "words")' "$lock" >"$work/.found" || fail 'the root of the source package lacks it'
lock=$(object_of "$(jq -r '.tasks[] | select(.source | startswith("words@")).srpm_buildroot' "$out")")
! jq -e '.packages[] | select(.name == "words")' "$lock" >"$work/.found" || fail 'it was there before it was built'
# The same again, with nothing built; and by who has the manifest only.
build 0 tools
[ "$(jq -c '[.tasks, .module_builds]' "$out")" = "$(jq -c '[.tasks, .module_builds]' built.json)" ] || fail 'not the same again'
! grep ': built [0-9]' "$err" || fail 'something was built twice'
expect_from 0 built.json albs-build reproduce --platforms test.yaml
expect_json '[.tasks[].packages[].verdict] | unique | join(" ")' identical

# Source packages alone: nobody made what their root is to have.
expect_from 1 tools.json albs-build srpm --platforms test.yaml --platform test-9
[ "$(states)" = 'words ok, library failed, tool failed' ] || fail "$(states)"
expect_json '.tasks[1].reason.message | test("nothing provides .*words")'
# A profile of what nobody makes is a failure of those that come later.
module nobody
build 1 tools
[ "$(states)" = 'words ok, library failed, tool failed' ] || fail "$(states)"
expect_json '.tasks[2].reason | "\(.phase) \(.kind) \(.message | test("nothing provides .*nobody"))"' 'setup dependency true'
# If the first fails, no source package is tried.
sed -i '/^%install/a false' git/words/words.spec && commit_all git/words 'Break it'
module words
build 1 tools
[ "$(states)" = 'words failed, library skipped, tool skipped' ] || fail "$(states)"
expect_json '.tasks[2].reason.message | test("^it is built after .words@.*. of its module, which was not built$")'
