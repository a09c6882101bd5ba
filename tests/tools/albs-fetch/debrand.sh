#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Debranding: the tree that a configuration makes of a package's, recorded so that it can be made again; what finds
# nothing to do, what is not known and what leads out of the directory is refused with its line.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
make_specs_sources "$work" other
printf 'Upstream Linux\nby Upstream\n' >sample/README
echo old >sample/old.cer
commit_all sample 'More files'
publish "$work" sample
files_url="file://$work/files"
url="file://$work/git/sample.git#c9"
mkdir -p brand/sample/files
echo 'a fix' >brand/sample/files/1000-fix.patch
echo 'a key' >brand/sample/files/own.pem
# configure: standard input is what the actions are.
configure() { { echo 'actions:' && cat; } >brand/sample/config.yaml; }
object_of() { echo ".albs/store/sha256/$(printf %.2s "$1")/$1"; }
# file_of TREE PATH
file_of() { cat "$(object_of "$(jq -r --arg path "$2" '.files[] | select(.path == $path) | .sha256' "$(object_of "$1")")")"; }
debranded() { albs-fetch "$url" --lookaside "$files_url" --debrand brand; }

expect 0 albs-fetch "$url" --lookaside "$files_url"
expect_json '.sources[0] | has("transformations") | not'
cp "$out" plain.json
before=$(jq -r '.sources[0].files' plain.json)

# Each action once.
configure <<'YAML'
  - replace:
    - target: "spec"
      find: "A package for tests"
      replace: "A package for AlmaLinux"
      count: 1
    - target: "READ*"
      rfind: 'Upstream( Linux)?'
      replace: 'AlmaLinux\1'
  - delete_line:
    - target: "spec"
      lines:
        - "BuildArch: noarch"
        - |
          %description
          Nothing.
  - add_files:
    - type: "patch"
      name: "1000-fix.patch"
      number: 1000
    - type: source
      name: own.pem
      modify_spec: false
  - add_line:
    - target: "spec"
      section: "install"
      location: "bottom"
      content: "install %{SOURCE1} %{buildroot}/usr/share/"
  - delete_files:
    - file_name: "old.cer"
    - file_name: "sample-1.0.tar.gz"
  - modify_release:
    - suffix: ".alma.1"
  - changelog_entry:
    - name: "A Packager"
      email: "packager@example.org"
      line: ["Debrand for AlmaLinux"]
YAML
expect 0 debranded
cp "$out" first.json
expect_json '.sources[0].transformations | length' 1
expect_json '.sources[0] | .transformations[0] as $t | $t.kind == "debrand" and $t.output == .files and $t.program == null'
expect_json '.sources[0].transformations[0].input' "$before"
expect_json '. as $m | .sources[0].transformations[0] | [.input, .output, .by] - [$m.artifacts[].sha256] | length' 0
expect_json '.sources[0].lookaside | length' 0
after=$(jq -r '.sources[0].files' first.json)
[ "$after" != "$before" ] || fail 'nothing was changed'
cat >wanted.spec <<'SPEC'
Name: sample
Version: 1.0
Release: 1.alma.1
Summary: A package for AlmaLinux
License: MIT
Source0: sample-1.0.tar.gz
Patch0: fix.patch

# AlmaLinux Patch
Patch1000: 1000-fix.patch
%prep
%setup -q -c -T

# Applying AlmaLinux Patch
%patch -P 1000 -p1 -b .1000-fix
cp -p %{SOURCE0} .
%build
%install
mkdir -p %{buildroot}/usr/share/sample
cp -p sample-1.0.tar.gz %{buildroot}/usr/share/sample/
install %{SOURCE1} %{buildroot}/usr/share/

%files
/usr/share/sample
%changelog
* Fri Nov 17 2023 A Packager <packager@example.org> - 1.0-1.alma.1
- Debrand for AlmaLinux

* Wed Nov 01 2023 A Packager <packager@example.org> - 1.0-1
- First
SPEC
file_of "$after" sample.spec >got.spec
diff wanted.spec got.spec >&2 || fail 'it is another spec file'
file_of "$after" README >got
printf 'AlmaLinux Linux\nby AlmaLinux\n' >wanted
same got wanted
[ "$(jq -r '[.files[].path] | join(" ")' "$(object_of "$after")")" = \
    '1000-fix.patch README fix.patch own.pem sample.spec sources' ] || fail 'other files are there'
[ -z "$(file_of "$after" sources)" ] || fail 'a deleted file is still in the list'

# The same again: with the option, in another workspace and day, and as a list without it.
expect 0 debranded
expect_json '[.sources, .artifacts] | tojson' "$(jq '[.sources, .artifacts] | tojson' -r first.json)"
expect 0 albs-fetch "$url" --lookaside "$files_url" --debrand brand --workspace elsewhere
expect_json '[.sources, .artifacts] | tojson' "$(jq '[.sources, .artifacts] | tojson' -r first.json)"
expect 0 albs-fetch --from first.json --lookaside "$files_url"
expect_json '[.sources, .artifacts] | tojson' "$(jq '[.sources, .artifacts] | tojson' -r first.json)"
# Without the option the commit is what it was.
expect 0 albs-fetch "$url" --lookaside "$files_url"
expect_json '[.sources, .artifacts] | tojson' "$(jq '[.sources, .artifacts] | tojson' -r plain.json)"
# What told how is not everywhere, and can be given.
expect_refusal 3 'give it with --debrand DIR' albs-fetch --from first.json --lookaside "$files_url" --workspace third
expect 0 albs-fetch --from first.json --lookaside "$files_url" --workspace third --debrand brand
# A package without a configuration is left alone; a directory is changed, too, as of the time that is given.
expect 0 env SOURCE_DATE_EPOCH="$(jq '.sources[0].source_date_epoch' first.json)" albs-fetch "file://$work/git/other.git#c9" sample --lookaside "$files_url" --debrand brand
expect_json '.sources[0] | has("transformations") | not'
expect_json '.sources[1].files' "$after"
expect_json '.sources[1].id' "sample@tree-$(printf %.12s "$after")"
cp "$out" directory.json
expect 0 albs-fetch --from directory.json --lookaside "$files_url"
expect_json '[.sources, .artifacts] | tojson' "$(jq '[.sources, .artifacts] | tojson' -r directory.json)"

# Another configuration is another tree, and not what the manifest says.
configure <<'YAML'
  - modify_release:
    - suffix: ".alma.2"
    - {suffix: ".off", enabled: false}
YAML
expect 0 debranded
expect_json ".sources[0].files != \"$after\" and .sources[0].transformations[0].input == \"$before\""
file_of "$(jq -r '.sources[0].files' "$out")" sample.spec | grep -qx 'Release: 1.alma.2' || fail 'another release'
expect_refusal 4 'it is not what the manifest says: files is ' albs-fetch --from first.json --lookaside "$files_url" --debrand brand

# SPECS/ and SOURCES/, and a changed lookaside file is none any more.
mkdir -p brand/other/files
echo x >brand/other/files/own.pem
cat >brand/other/config.yaml <<'YAML'
parameters: {insert_almalinux_line: false, el_version: "9"}
actions:
  - add_files:
    - {type: source, name: own.pem}
  - replace:
    - {target: "SOURCES/*.gz", find: sources, replace: files}
YAML
expect 0 albs-fetch "file://$work/git/other.git#c9" --lookaside "$files_url" --debrand brand
file_of "$(jq -r '.sources[0].files' "$out")" SPECS/other.spec | grep -qx 'Source1: own.pem' || fail 'no Source1'
file_of "$(jq -r '.sources[0].files' "$out")" SOURCES/own.pem | grep -qx x || fail 'no SOURCES/own.pem'
expect_json '.sources[0].lookaside | length' 0

# Refusals, with the line of the configuration and the action.
refused() { # LINE WORDS, of the configuration on standard input
    configure
    expect_refusal 3 "brand/sample/config.yaml:$1: $2" debranded
}
refused 3 "replace: 'sample.spec': nothing matches 'Not there'" <<'YAML'
  - replace:
    - {target: spec, find: "Not there", replace: "x"}
YAML
# Not in the changelog, and not in comments.
refused 3 "replace: 'sample.spec': nothing matches '- First'" <<'YAML'
  - replace:
    - {target: spec, find: "- First", replace: "x"}
YAML
refused 3 "delete_line: 'sample.spec': nothing matches 'noarch'" <<'YAML'
  - delete_line:
    - {target: spec, lines: [noarch]}
YAML
refused 3 "delete_files: there is no file 'gone.cer'" <<'YAML'
  - delete_files:
    - file_name: gone.cer
YAML
refused 4 "add_line: 'sample.spec': the spec file has no section 'check'" <<'YAML'
  - modify_release: [{suffix: .a}]
  - add_line:
    - {target: spec, section: check, location: top, content: x}
YAML
refused 2 "unknown action 'patch'" <<'YAML'
  - patch: [{name: x}]
YAML
refused 3 "replace: unknown key 'fnd'" <<'YAML'
  - replace:
    - {target: spec, find: x, replace: y, fnd: z}
YAML
refused 2 "run_script: 'script' is missing or empty" <<'YAML'
  - run_script: [{cwd: rpms}]
YAML
refused 3 "modify_release: 'suffix' has no number at its end" <<'YAML'
  - modify_release:
    - {suffix: .1a, auto_increment: true}
YAML
refused 3 "replace: 'x(' is no regular expression" <<'YAML'
  - replace:
    - {target: spec, rfind: "x(", replace: y}
YAML
refused 3 "add_files: '../../../secret' is not the name of a file in files/" <<'YAML'
  - add_files:
    - {type: source, name: ../../../secret, modify_spec: false}
YAML
echo secret >secret
ln -s "$work/secret" brand/sample/files/link.pem
refused 3 "add_files: 'brand/sample/files/link.pem' is a symbolic link" <<'YAML'
  - add_files:
    - {type: source, name: link.pem, modify_spec: false}
YAML
refused 3 "add_files: there is no 'brand/sample/files/none.pem'" <<'YAML'
  - add_files:
    - {type: source, name: none.pem, modify_spec: false}
YAML
echo x >brand/sample/files/fix.patch
refused 3 "add_files: 'fix.patch' is there already" <<'YAML'
  - add_files:
    - {type: patch, name: fix.patch, modify_spec: false}
YAML
refused 2 'replace: has no list of entries' <<'YAML'
  - replace: {target: spec}
YAML
echo 'no: actions' >brand/sample/config.yaml
expect_refusal 3 "brand/sample/config.yaml:1: the configuration: unknown key 'no'" debranded
rm brand/sample/config.yaml
ln -s "$work/secret" brand/sample/config.yaml
expect_refusal 3 "'brand/sample/config.yaml' is a symbolic link" debranded
expect_refusal 2 "--debrand 'nowhere' is no directory" albs-fetch "$url" --debrand nowhere
