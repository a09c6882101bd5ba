#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run_script of a debranding: a script of the configuration changes the files of the package, in the sandbox, without
# network and without a view of this machine's files.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
bwrap --unshare-user --ro-bind / / true 2>/dev/null || skip 'user namespaces are not allowed here'
make_flat "$work" kernel
echo 'CONFIG_A=y' >kernel/kernel-x86_64-rhel.config
echo old >kernel/old.cer
commit_all kernel 'More files'
publish "$work" kernel
start_server "$work" || exit 1
defer stop_server
url="file://$work/git/kernel.git#c9"
lookaside="--lookaside file://$work/files"
mkdir -p brand/kernel/scripts
configure() { { echo 'actions:' && cat; } >brand/kernel/config.yaml; }
script() { cat >"brand/kernel/scripts/$1"; }
object_of() { echo ".albs/store/sha256/$(printf %.2s "$1")/$1"; }
tree_of() { object_of "$(jq -r '.sources[0].files' "$1")"; }
file_of() { cat "$(object_of "$(jq -r --arg path "$2" '.files[] | select(.path == $path) | .sha256' "$(tree_of "$1")")")"; }
same_again() { expect_json '[.sources, .artifacts] | tojson' "$(jq '[.sources, .artifacts] | tojson' -r "$1")"; }

# As AlmaLinux's kernel has it, and more. Actions before and after see what they have to.
script create_symlinks.sh <<'SH'
ln -s kernel-x86_64-rhel.config kernel-x86_64_v2-rhel.config
sed -i 's/CONFIG_A=y/CONFIG_A=m/' kernel-x86_64-rhel.config
rm old.cer
mkdir deep
echo "$SOURCE_DATE_EPOCH" >deep/made
chmod 755 deep/made
grep -q AlmaLinux kernel.spec
SH
configure <<'YAML'
  - replace: [{target: spec, find: "A package for tests", replace: "A package for AlmaLinux"}]
  - run_script:
    - script: "create_symlinks.sh"
      cwd: "rpms"
  - replace: [{target: "deep/made", rfind: "^[0-9]+$", replace: "done"}]
YAML
expect 0 albs-fetch "$url" $lookaside --debrand brand
cp "$out" first.json
[ "$(jq -r '[.files[] | "\(.path) \(.mode)"] | join(", ")' "$(tree_of first.json)")" = "deep/made 100755, fix.patch 100644, \
kernel-1.0.tar.gz 100644, kernel-x86_64-rhel.config 100644, kernel-x86_64_v2-rhel.config 120000, kernel.spec 100644, sources 100644" ] ||
    fail "the tree is $(jq -c '.files' "$(tree_of first.json)")"
[ "$(file_of first.json deep/made) $(file_of first.json kernel-x86_64-rhel.config)" = 'done CONFIG_A=m' ] || fail 'other files'
expect_json '.sources[0].transformations[0].program' bash
expect_json '.sources[0].lookaside | length' 1
by=$(object_of "$(jq -r '.sources[0].transformations[0].by' first.json)")
[ "$(jq -r '[.files[].path] | join(" ")' "$by")" = 'config.yaml scripts/create_symlinks.sh' ] || fail 'the script is not recorded'
# The same again, elsewhere, and as a list.
expect 0 albs-fetch "$url" $lookaside --debrand brand --workspace elsewhere
same_again first.json
expect 0 albs-fetch --from first.json
same_again first.json
[ -z "$(find .albs/fetch -mindepth 1 ! -name '*lock*' 2>/dev/null)" ] || fail "left: $(find .albs/fetch)"

# What it may not: see this machine's files, a network, other sources; write outside. What it leaves running ends.
configure <<'YAML'
  - run_script: [{script: hostile.sh}]
YAML
echo secret >secret
script hostile.sh <<SH
{
    cat "$work/secret" "$HOME/secret" && echo 'a file of this machine'
    exec 3<>/dev/tcp/127.0.0.1/${server_port:-1} && echo 'a server of this machine'
    echo x >/usr/x && echo 'write to /usr'
    id -u
} >seen 2>/dev/null
mkfifo pipe
(sleep 300; echo late >late) &
SH
cp secret "$HOME/secret"
started=$(date +%s)
expect 0 albs-fetch "$url" $lookaside --debrand brand
[ $(($(date +%s) - started)) -lt 100 ] || fail 'it waits for what the script left'
[ "$(file_of "$out" seen)" = 1000 ] || fail "the script can: $(file_of "$out" seen)"
[ -z "$(jq -r '.files[].path' "$(tree_of "$out")" | grep -e pipe -e late)" ] || fail 'a pipe is a source'

# Refusals, with the line of the configuration.
refused() { # WORDS, of the script on standard input
    script hostile.sh
    expect_refusal 3 "brand/kernel/config.yaml:2: run_script: $1" albs-fetch "$url" $lookaside --debrand brand
}
refused "'hostile.sh' ended with status 3: no such thing" <<'SH'
echo first
echo 'no such thing' >&2
exit 3
SH
refused "'hostile.sh' changed nothing" <<'SH'
touch kernel.spec
SH
# With control groups it is the job's limit that is met; without them, that of the process.
refused "'hostile.sh' " <<'SH'
head -c 6000000000 /dev/zero | tail -n 1 >large
SH
grep -q -e 'wanted more than 4096 MiB of memory' -e 'memory exhausted' "$err" || fail 'another reason'
refused "symbolic link 'out' leads out of the directory" <<'SH'
ln -s ../../../etc/passwd out
SH
script hostile.sh <<'SH'
rm kernel.spec
SH
expect_refusal 3 "brand/kernel/config.yaml: its actions leave no 'kernel.spec'" albs-fetch "$url" $lookaside --debrand brand
wrong() { # WORDS, of the configuration on standard input
    configure
    expect_refusal 3 "$1" albs-fetch "$url" $lookaside --debrand brand
}
wrong "brand/kernel/config.yaml:2: run_script: there is no 'brand/kernel/scripts/gone.sh'" <<'YAML'
  - run_script: [{script: gone.sh}]
YAML
wrong "config.yaml:2: run_script: '../files/x' is not the name of a file in scripts/" <<'YAML'
  - run_script: [{script: ../files/x}]
YAML
wrong "config.yaml:2: run_script: 'cwd' is neither rpms nor autopatch" <<'YAML'
  - run_script: [{script: hostile.sh, cwd: /}]
YAML

# A script that makes files of the configuration: what it leaves in files/ is there for the actions after it. The record
# has the configuration as it was given, with all that the script could use, and no other configuration.
mkdir brand/kernel/files brand/kernel/.git
echo given >brand/kernel/files/input
echo private >brand/kernel/.git/config
script build-efi.sh <<'SH'
[ -f files/input ] && [ -f config.yaml ] || exit 1
sed s/given/made/ files/input >files/made.efi
printf 'mv made.efi moved.efi\n' >scripts/after.sh
SH
configure <<'YAML'
  - run_script: [{script: build-efi.sh, cwd: autopatch}]
  - add_files: [{type: source, name: made.efi, number: 1000}]
  - run_script: [{script: hostile.sh}]
YAML
script hostile.sh <<'SH'
mv made.efi moved.efi
SH
sed 's/^actions:/parameters: {custom_target_branch: a9-x}\n&/' brand/kernel/config.yaml >brand/kernel/config-x.yaml
expect 0 albs-fetch "$url" $lookaside --debrand brand
cp "$out" made.json
[ "$(file_of made.json moved.efi)" = made ] || fail 'the file that the script made is not there'
[ ! -e brand/kernel/files/made.efi ] || fail 'the script changed the configuration itself'
by=$(object_of "$(jq -r '.sources[0].transformations[0].by' made.json)")
[ "$(jq -r '[.files[].path] | join(" ")' "$by")" = \
    'config.yaml files/input scripts/build-efi.sh scripts/create_symlinks.sh scripts/hostile.sh' ] || fail "recorded: $(cat "$by")"
expect 0 albs-fetch --from made.json
same_again made.json
expect 0 albs-fetch "$url" $lookaside --debrand brand --workspace third
same_again made.json
configure <<'YAML'
  - add_files: [{type: source, name: made.efi, number: 1000}]
  - run_script: [{script: build-efi.sh, cwd: autopatch}]
YAML
expect_refusal 3 "config.yaml:2: add_files: there is no 'files/made.efi'" albs-fetch "$url" $lookaside --debrand brand
configure <<'YAML'
  - run_script: [{script: build-efi.sh, cwd: autopatch}]
  - add_files: [{type: source, name: made.efi, modify_spec: false}]
YAML
odd() { # LINE WORDS: what the script leaves, or DIR has
    expect_refusal 3 "$1" albs-fetch "$url" $lookaside --debrand brand
}
echo 'ln -s ../config.yaml files/made.efi' >brand/kernel/scripts/build-efi.sh
odd "config.yaml:3: add_files: 'files/made.efi' is a symbolic link"
echo 'ln -s /etc/passwd files/made.efi' >brand/kernel/scripts/build-efi.sh
odd "config.yaml:2: run_script: symbolic link 'files/made.efi' leads out of the directory"
: >"brand/kernel/files/a
b"
odd "a file in 'brand/kernel/files' has a name that is no UTF-8, or has a control character"
rm brand/kernel/files/a*
: >brand/kernel/release-suffixes
odd "'brand/kernel/release-suffixes' has the name of what is recorded beside it"
rm brand/kernel/release-suffixes
mkfifo brand/kernel/files/pipe
odd "'brand/kernel/files/pipe' is no file"
