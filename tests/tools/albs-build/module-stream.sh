# SPDX-License-Identifier: GPL-3.0-or-later
# A module stream is built as a whole: in the order of its template, as packages of the module, with the streams that it
# is built with; the document of the stream is what dnf installs from. A component that fails leaves no document.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/module-lib.sh"
plain_platform
versions
# Macros for all that comes later, which no spec asks for.
component words <<'SPEC'
License: CC0-1.0
BuildArch: noarch
%description
x
%install
mkdir -p %{buildroot}/usr/lib/rpm/macros.d && echo '%%the_word hello' >%{buildroot}/usr/lib/rpm/macros.d/macros.words
%files
/usr/lib/rpm/macros.d/macros.words
SPEC
component library <<'SPEC'
License: MIT
%package devel
Summary: To build with it
%description devel
x
%package tests
Summary: To test it
BuildArch: noarch
%description tests
x
%description
x
%install
mkdir -p %{buildroot}/usr/share/library && echo %{the_word} %{from_template} %{_module_build} >%{buildroot}/usr/share/library/words
%files
/usr/share/library
%files devel
%files tests
SPEC
component helper <<'SPEC'
License: BSD-3-Clause
BuildArch: noarch
%description
x
%files
SPEC
component tool <<'SPEC'
Epoch: 1
License: GPL-3.0-or-later
BuildRequires: library-devel helper lang
Requires: library
%description
x
%install
mkdir -p %{buildroot}/usr/share && cp /usr/share/lang/version %{buildroot}/usr/share/tool
%files
/usr/share/tool
SPEC
component last <<'SPEC'
License: MIT
BuildArch: noarch
%description
x
%files
SPEC
component elsewhere <<'SPEC'
License: MIT
%description
x
%files
SPEC
template tools.yaml <<'YAML'
  license: {module: [MIT]}
  dependencies:
  - buildrequires: {platform: [el9], lang: ["3"]}
    requires: {platform: [el9]}
  profiles: {common: {rpms: [tool]}, buildroot: {rpms: [words]}}
  filter: {rpms: [library-tests]}
  buildopts: {rpms: {macros: "%from_template from the template\n"}}
  components:
    rpms:
      tool: {rationale: It is wanted, ref: main, buildorder: 10}
      library: {rationale: For the tool, ref: main}
      helper: {rationale: To build with, ref: main, buildonly: true}
      words: {rationale: Macros, ref: main, buildorder: -1, buildroot: true}
      last: {rationale: After all, ref: main, buildorder: 20}
      elsewhere: {rationale: For others, ref: main, arches: [s390x]}
YAML
fetched tools
[ "$(jq -c '[.sources[].name]' tools.json)" = '["words","elsewhere","helper","library","tool","last"]' ] || fail "$(jq -c .sources tools.json)"

# What it is going to be, before anything is built.
context=$(context_of '{"lang": "3", "platform": "el9"}' '{"platform": ["el9"]}')
label=tools:1:9040020231120221320:$context
dist=.module_el9.4.0+1+$(printf 'tools.1.9040020231120221320.%s' "$context" | sha1sum | cut -c 1-8)
planned() { expect_from 0 tools.json albs-build plan --platforms test.yaml --platform test-9 --format "$1"; }
planned json
expect_json '.modules[0] | "\(.name):\(.stream):\(.version):\(.context) \(.dist) \(.built_with | join(" "))"' \
    "$label $dist lang:3 platform:el9"
expect_json '[.tasks[] | select(.build) | "\(.wave) \(.id | split("@")[0])"] | join(", ")' '1 words, 2 helper, 2 library, 3 tool, 4 last'
expect_json '.tasks[] | select(.id | startswith("elsewhere")).reason' "component 'elsewhere' of module 'tools:1' is for 's390x'"
expect_json '.tasks[] | select(.id | startswith("library@")).waits_for[0] | "\(.task | split("@")[0]) \(.need)"' 'words words'
planned text
expect_stdout "^module $label for test-9$"
expect_stdout "^  6 components, dist $dist$"
expect_stdout '^        after tool@.*, for the order of its module$'
expect_stdout '^        after library@.*, for library-devel$'

build 0 tools -j 2
cp "$out" built.json
[ "$(jq -r '[.tasks[] | .status] | join(" ")' built.json)" = 'ok skipped ok ok ok ok' ] || fail "$(jq -c .tasks built.json)"
expect_stderr "9 packages in '$label', 3 left out"
expect_json '.module_builds[0] | "\(.name):\(.stream):\(.version):\(.context) \(.dist) \(.arch)"' "$label $dist $arch"
expect_json '[.module_builds[0].tasks[] | split("@")[0]] | join(" ")' 'words elsewhere helper library tool last'
# Each package says of which module it is.
for digest in $(jq -r '.artifacts[] | select(.kind == "rpm" or .kind == "srpm").sha256' built.json); do
    rpm -qp --nosignature --qf '%{MODULARITYLABEL} %{RELEASE}\n' "$(object_of "$digest")"
done | sort -u >said
[ "$(cat said)" = "$label 1$dist" ] || fail "$(cat said)"
# It was built with the macros of its template and of the profile, and with the stream that it asks for.
lock=$(jq -r '.tasks[] | select(.source | startswith("tool@")).buildroot' built.json)
for nevra in lang-3-1.module_el9+3.noarch "words-1-1$dist.noarch" "library-devel-1-1$dist.$arch" "helper-1-1$dist.noarch"; do
    jq -e --arg nevra "$nevra" '.packages[] | select(.nevra == $nevra)' "$(object_of "$lock")" >"$work/.found" ||
        fail "the root had no $nevra"
done
jq -e '.modules | index("lang:3:20240101000000:c0ffee00")' "$(object_of "$lock")" >"$work/.found" || fail 'another stream'
library=$(jq -r '.artifacts[] | select(.name | startswith("library-1")) | select(.kind == "rpm").sha256' built.json)
[ "$(rpm2cpio "$(object_of "$library")" | cpio --quiet -i --to-stdout ./usr/share/library/words)" = 'hello from the template 1' ] ||
    fail 'built with other macros'

# The document: what is in the stream, what is not, which sources at which commits, under which licenses.
document=$(object_of "$(jq -r '.module_builds[0].document' built.json)")
expect_json '.artifacts[] | select(.kind == "modulemd").name' "tools-1-9040020231120221320-$context.$arch.modulemd.yaml"
cat >expected <<END
last-0:1-1$dist.noarch
last-0:1-1$dist.src
library-0:1-1$dist.src
library-0:1-1$dist.$arch
library-devel-0:1-1$dist.$arch
tool-1:1-1$dist.src
tool-1:1-1$dist.$arch
words-0:1-1$dist.noarch
words-0:1-1$dist.src
END
artifacts_of tools "$document" >artifacts
same expected artifacts
printf '%s\n' "helper-0:1-1$dist.noarch" "helper-0:1-1$dist.src" "library-tests-0:1-1$dist.noarch" >expected
artifacts_of tools-devel "$document" >artifacts
same expected artifacts
for words in 'stream: "1"' 'version: 9040020231120221320' "context: $context" "arch: $arch" '- GPL-3.0-or-later' \
    "ref: $(git -C git/tool rev-parse HEAD)" '- helper' '- library-tests' 'tools: \[1\]'; do
    grep -q -- "^ *$words$" "$document" || fail "the document lacks '$words': $(cat "$document")"
done
[ "$(grep -c 'BSD-3-Clause' "$document")" = 1 ] || fail 'the license of what is left out is not where it belongs'

# As a repository, it is a stream for dnf.
repository_of built.json repository
dnf_of() { in_root dnf -y -q --config "$work/dnf.conf" --releasever 9 --repofrompath "tools,file://$PWD/repository" --setopt=tools.gpgcheck=0 "$@"; }
dnf_of module info tools:1 >info 2>"$err" || fail "dnf: $(cat "$err")"
grep -q "^Version *: 9040020231120221320$" info || fail "$(cat info)"
mkdir root
dnf_of --installroot "$PWD/root" module install tools:1/common >"$work/.dnf" 2>&1 || fail "dnf: $(cat "$work/.dnf")"
in_root rpm --root "$PWD/root" -q --qf '%{NEVRA} %{MODULARITYLABEL}\n' tool >installed
[ "$(cat installed)" = "tool-1:1-1$dist.$arch $label" ] || fail "$(cat installed)"
remove_root root

# Another module is built with the stream that is there now; the same one is not built again as what it is.
component user <<'SPEC'
License: MIT
BuildArch: noarch
BuildRequires: tool
%description
x
%files
SPEC
template users.yaml <<'YAML'
  license: {module: [MIT]}
  dependencies: [{buildrequires: {platform: [el9], tools: []}, requires: {platform: [el9], tools: []}}]
  components: {rpms: {user: {rationale: It is wanted, ref: main}}}
YAML
sed -i 's/name: tools/name: users/' users.yaml
fetched users
expect_from 3 users.json albs-build --platforms test.yaml --platform test-9
expect_stderr "module 'users:1': it is built with 'tools' in any stream, and which one is not said"
build 0 users --repo "tools=file://$PWD/repository" --module-enable tools:1
jq -e --arg wanted "$label" '.modules | index($wanted)' "$(object_of "$(jq -r '.tasks[0].buildroot' "$out")")" >"$work/.found" ||
    fail 'not the stream that was built'
expect_from 3 tools.json albs-build --platforms test.yaml --platform test-9 --repo "tools=file://$PWD/repository"
expect_stderr "module 'tools:1': a repository has '$label' already"

# Nothing is built twice, and what comes of it is the same; what is over is not looked at again.
build 0 tools
[ "$(jq -c '[.tasks, .module_builds]' "$out")" = "$(jq -c '[.tasks, .module_builds]' built.json)" ] || fail 'not the same again'
! grep ': built [0-9]' "$err" || fail 'something was built twice'
build 0 built
[ "$(jq -c .module_builds "$out")" = "$(jq -c .module_builds built.json)" ] || fail 'another document'
# Who has the manifest builds the same again.
expect_from 0 built.json albs-build reproduce --platforms test.yaml
expect_json '[.tasks[].packages[].verdict] | unique | join(" ")' identical
# A later build of the same sources.
build 0 tools --module-version 9040020231120221321 --module-index 12
expect_json '.module_builds[0] | "\(.version) \(.dist | split("+")[1])"' '9040020231120221321 12'
# What was built as something else is no part of it.
jq -c '.tasks |= map(select(.source | startswith("tool@") | not)) | .module_builds = [] | .stages = []' built.json >part.json
build 1 part --module-version 9040020231120221321
expect_stderr "warning: .*the module 'tools:1:9040020231120221321:$context' is not complete: 'words@.*' was built as something else, and 4 more$"
build 0 part
expect_json '.module_builds[0].dist' "$dist"

# A component that fails: what is built after it is not, and there is no document.
sed -i '/^%install/a false' git/library/library.spec && commit_all git/library 'Break it'
fetched tools
build 1 tools
expect_json '[.tasks[] | "\(.source | split("@")[0]) \(.status)"] | join(", ")' \
    'words ok, elsewhere skipped, helper ok, library failed, tool skipped, last skipped'
expect_json '.tasks[] | select(.source | startswith("tool@")).reason.message | sub("@[^'"'"']*"; "")' \
    "it needs 'library-devel' of 'library', which was not built"
expect_json '.tasks[] | select(.source | startswith("last@")).reason.message | sub("@[^'"'"']*"; "")' \
    "it is built after 'tool' of its module, which was not built"
expect_json '.module_builds // [] | length' 0
expect_json '[.artifacts[] | select(.kind == "modulemd")] | length' 0
expect_stderr "warning: .*the module '.*' is not complete: 'library@.*' is failed, and 2 more$"
