#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Actions of a debranding that change the list of lookaside files: what the changed list names is got and checked, what
# it does not name any more leaves the tree. As AlmaLinux's shim has it.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_specs_sources "$work" shim
for file in mm.efi fb.efi; do
    echo "$file of upstream" >$file
    sum=$(sha1sum <$file | cut -d' ' -f1)
    cp $file "files/$sum"
    echo "$sum SOURCES/$file" >>shim/.shim.metadata
done
commit_all shim 'Binaries'
publish "$work" shim
for file in mm.efi bootx64.csv; do
    echo "$file of AlmaLinux" >$file
    cp $file "files/$(sha1sum <$file | cut -d' ' -f1)"
done
sha1_of() { sha1sum <"$1" | cut -d' ' -f1; }
url="file://$work/git/shim.git#c9"
lookaside="--lookaside file://$work/files/{hash}"
mkdir -p brand/shim/files
# configure: standard input is what the actions are.
configure() { { echo 'actions:' && cat; } >brand/shim/config.yaml; }
object_of() { echo ".albs/store/sha256/$(printf %.2s "$1")/$1"; }
tree_of() { jq -r "[.files[].path] | join(\" \")" "$(object_of "$(jq -r '.sources[0].files' "$1")")"; }
file_of() { cat "$(object_of "$(jq -r --arg path "$2" '.files[] | select(.path == $path) | .sha256' \
    "$(object_of "$(jq -r '.sources[0].files' "$1")")")")"; }
same_again() { expect_json '[.sources, .artifacts] | tojson' "$(jq '[.sources, .artifacts] | tojson' -r "$1")"; }

expect 0 albs-fetch "$url" $lookaside
before=$(jq -r '.sources[0].files' "$out")
# One file has other bytes, one is new, one is gone.
echo 'fb.efi of upstream' >fb.efi
configure <<YAML
  - replace:
    - target: ".shim.metadata"
      find: |
        $(sed -n '/mm.efi/p' shim/.shim.metadata)
        $(sha1_of fb.efi) SOURCES/fb.efi
      replace: |
        $(sha1_of mm.efi) SOURCES/mm.efi
        $(sha1_of bootx64.csv) SOURCES/bootx64.csv
      count: 1
  - modify_release: [{suffix: ".alma.1"}]
YAML
expect 0 albs-fetch "$url" $lookaside --debrand brand
cp "$out" first.json
[ "$(tree_of first.json)" = \
    '.shim.metadata SOURCES/bootx64.csv SOURCES/fix.patch SOURCES/mm.efi SOURCES/shim-1.0.tar.gz SPECS/shim.spec' ] ||
    fail "the tree has $(tree_of first.json)"
[ "$(file_of first.json SOURCES/mm.efi) $(file_of first.json SOURCES/bootx64.csv)" = \
    'mm.efi of AlmaLinux bootx64.csv of AlmaLinux' ] || fail 'other files'
expect_json '.sources[0].transformations[0].input' "$before"
expect_json '[.sources[0].lookaside[] | "\(.path) \(.digest)"] | sort | join(", ")' \
    "SOURCES/bootx64.csv $(sha1_of bootx64.csv), SOURCES/mm.efi $(sha1_of mm.efi), SOURCES/shim-1.0.tar.gz $(sha256sum <shim-1.0.tar.gz | cut -d' ' -f1)"
# Again; as a list, here and elsewhere, from where the manifest says that files were got.
expect 0 albs-fetch "$url" $lookaside --debrand brand
same_again first.json
expect 0 albs-fetch --from first.json
same_again first.json
expect 0 albs-fetch --from first.json --workspace elsewhere --debrand brand $lookaside
same_again first.json
expect 0 albs-build srpm first.json
# A directory.
expect 0 albs-fetch shim $lookaside --debrand brand -o directory.json
[ "$(tree_of directory.json)" = "$(tree_of first.json)" ] || fail "of the directory it has $(tree_of directory.json)"
expect 0 albs-fetch --from directory.json
same_again directory.json

# A line that is deleted; a file that is added and listed; one that is listed with other bytes than it has.
configure <<YAML
  - delete_line:
    - {target: ".shim.metadata", lines: ["$(sha1_of fb.efi) SOURCES/fb.efi"]}
YAML
expect 0 albs-fetch "$url" $lookaside --debrand brand
expect_json '[.sources[0].lookaside[].path] | index("SOURCES/fb.efi")' null
cp "$out" deleted.json
case $(tree_of deleted.json) in *fb.efi*) fail 'a file that no list names is in the tree' ;; esac
cp bootx64.csv brand/shim/files/own.csv
listed() { # DIGEST
    configure <<YAML
  - add_files: [{type: source, name: own.csv, modify_spec: false}]
  - replace:
    - {target: ".shim.metadata", find: "$(sha1_of fb.efi) SOURCES/fb.efi", replace: "$1 SOURCES/own.csv"}
YAML
}
listed "$(sha1_of bootx64.csv)"
expect 0 albs-fetch "$url" $lookaside --debrand brand
expect_json '[.sources[0].lookaside[].path] | index("SOURCES/own.csv") != null'
listed "$(sha1_of mm.efi)"
expect_refusal 4 "'SOURCES/own.csv' is not what '.shim.metadata', line 3 says" albs-fetch "$url" $lookaside --debrand brand

# Refusals name the configuration: no server has the file, no line of a list, a list that is deleted.
refused() { # STATUS WORDS, of the configuration on standard input
    configure
    expect_refusal "$1" "brand/shim/config.yaml: $2" albs-fetch "$url" $lookaside --debrand brand
}
refused 3 "no lookaside server has 'SOURCES/fb.efi'" <<YAML
  - replace:
    - {target: ".shim.metadata", find: "$(sha1_of fb.efi)", replace: "$(printf %040d 0)"}
YAML
refused 3 "'.shim.metadata', line 3" <<YAML
  - replace:
    - {target: ".shim.metadata", find: "$(sha1_of fb.efi)", replace: "nonsense"}
YAML
refused 3 "'.shim.metadata', line 3" <<YAML
  - replace:
    - {target: ".shim.metadata", find: "SOURCES/fb.efi", replace: "../../fb.efi"}
YAML
configure <<YAML
  - delete_files: [{file_name: .shim.metadata}]
YAML
expect_refusal 3 "brand/shim/config.yaml:2: delete_files: '.shim.metadata' is the list of files: delete these" \
    albs-fetch "$url" $lookaside --debrand brand

# A directory of configurations that has none for any package of the run is most likely another one than was meant.
make_flat "$work" plain
mkdir -p wrong/shim.git
expect 0 albs-fetch "$url" plain --lookaside "file://$work/files" --debrand wrong
expect_stderr "warning: no package of this run has a configuration in 'wrong': it would be 'wrong/shim/config.yaml', 'wrong/plain/config.yaml'"
configure <<YAML
  - modify_release: [{suffix: .a}]
YAML
expect 0 albs-fetch "$url" plain --lookaside "file://$work/files" --debrand brand
! grep -q warning "$err" || fail 'a warning'
