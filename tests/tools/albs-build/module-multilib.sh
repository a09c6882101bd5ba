# SPDX-License-Identifier: GPL-3.0-or-later
# A packagers' document of version 3, for two architectures: the configuration of the platform counts, with its context
# and macros; components are built after those that they name; 32-bit packages are in the stream of x86_64 where the
# template says so.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
[ "$(uname -m)" = x86_64 ] || skip 'this is no x86_64'
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/module-lib.sh"
mv distro distro64
test_distribution small i686
mv distro distro32
distro=$work/distro64
plain_platform
versions
sed -i 's/arch_list: .*/arch_list: [x86_64, i686]/' test.yaml
arch=i686 add_repository test.yaml base32 "file://$work/distro32/base" "$work/distro32/RPM-GPG-KEY-test"
component base <<'SPEC'
License: MIT
BuildArch: noarch
%description
x
%files
SPEC
component library <<'SPEC'
License: MIT
Version: %{the_version}
%description
x
%files
SPEC
sed -i '/^Version: 1$/d' git/library/library.spec && commit_all git/library 'Mend it'
component tool <<'SPEC'
License: MIT
BuildRequires: library
%description
x
%files
SPEC
cat >tools.yaml <<'YAML'
document: modulemd-packager
version: 3
data:
  name: tools
  stream: "1"
  summary: Tools
  description: Tools.
  license: [MIT]
  configurations:
  - {context: ONE, platform: el8, buildopts: {rpms: {macros: "%the_version 8\n"}}}
  - {context: TWO, platform: el9, buildopts: {rpms: {macros: "%the_version 9\n"}}}
  components:
    rpms:
      base: {rationale: Last, ref: main, buildafter: [tool]}
      tool: {rationale: Then, ref: main, buildafter: [library]}
      library: {rationale: First, ref: main, multilib: [x86_64]}
YAML
fetched tools
expect_from 0 tools.json albs-build plan --platforms test.yaml --platform test-9 --arch x86_64 --format text
expect_stdout '^        after tool@.*, for the order of its module$'
build 0 tools --arch x86_64,i686
cp "$out" built.json
label=tools:1:9040020231118221320:TWO
dist=.module_el9.4.0+1+$(printf %s "$label" | tr : . | sha1sum | cut -c 1-8)
expect_json '[.module_builds[] | "\(.arch) \(.version) \(.context) \(.dist)"] | join(", ")' \
    "x86_64 9040020231118221320 TWO $dist, i686 9040020231118221320 TWO $dist"
listed() { # ARCH < LINES: what its document lists
    sed "s/DIST/$dist/" >expected
    artifacts_of tools "$(object_of "$(jq -r --arg arch "$1" '.module_builds[] | select(.arch == $arch).document' built.json)")" >artifacts
    same expected artifacts
}
listed x86_64 <<'END'
base-0:1-1DIST.noarch
base-0:1-1DIST.src
library-0:9-1DIST.i686
library-0:9-1DIST.src
library-0:9-1DIST.x86_64
tool-0:1-1DIST.src
tool-0:1-1DIST.x86_64
END
listed i686 <<'END'
base-0:1-1DIST.noarch
base-0:1-1DIST.src
library-0:9-1DIST.i686
library-0:9-1DIST.src
tool-0:1-1DIST.i686
tool-0:1-1DIST.src
END
# Asked for one alone, it is the same but for the architectures that components are said to be for.
grep -q 'arches: \[i686, x86_64\]' "$(object_of "$(jq -r '.module_builds[1].document' built.json)")" || fail 'no architectures'
build 0 tools --arch i686
! grep ': built [0-9]' "$err" || fail 'something was built twice'
artifacts_of tools "$(object_of "$(jq -r '.module_builds[0].document' "$out")")" >artifacts
same expected artifacts
# One source for two components cannot be built in both places.
sed -i 's/^      library: .*/&\n      again: {rationale: Again, name: library, ref: main}/' tools.yaml
fetched tools
expect_from 3 tools.json albs-build --platforms test.yaml --platform test-9
expect_stderr "module 'tools:1': its components '.*' and '.*' are one source"
expect_empty_stdout
