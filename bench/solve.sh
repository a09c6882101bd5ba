#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# solve.sh BUILD: a plan of a root from a repository of many packages: with its metadata asked for the first time, and
# kept from an earlier run; the same where a dependency is on a file that only the lists of all files have, which dnf
# always reads; beside it dnf, which gets the same words. Seconds of the clock, user and system seconds, most memory.
# Aims: under 1 s to load 30,000 packages from what is kept, under 300 MB.
# ALBS_BENCH_PACKAGES: how many (30000); ALBS_BENCH_ROUNDS: runs, of which the median counts (5).
set -eu
. "$(dirname "$0")/setup.inc"
. "$ALBS_SOURCE/tests/build-lib.sh"
packages=${ALBS_BENCH_PACKAGES:-30000}
last=package-$((packages / 2 - 1))
"$ALBS_SOURCE/bench/packages.py" "$packages" many
cat >many.repo <<END
[many]
name=many
baseurl=file://$PWD/many
gpgcheck=0
END
cat >platform.yaml <<END
- name: many-9
  type: rpm
  distr_type: rhel
  distr_version: '9'
  arch_list: [$(uname -m)]
  data:
    yum: {best: true}
    mock: {chroot_setup_cmd: install package-1}
  repositories:
    - {name: many, arch: $(uname -m), type: rpm, url: 'file://$PWD/many'}
END
for needing in "near $last" "far $last /usr/share/$last/images/part-1.data"; do
    # shellcheck disable=SC2086 # words
    set -- $needing
    preamble=$(shift; for need; do echo "BuildRequires: $need"; done) spec "$1"
    source_package "$1"
    manifest_of "$1" >"$1.json"
done
ours() { measure "$1" albs-build plan -q --platforms platform.yaml --platform many-9 "$2.json"; }
dnf() { measure "$1" "$ALBS_SOURCE/tests/fixture/dnf_solve.py" many.repo "$PWD/dnf" package-1 "$last"; }

machine
printf '%s packages, %s MB of metadata\n' "$packages" \
    $((($(sed -n 's/.*<open-size>\([0-9]*\).*/\1/p' many/repodata/repomd.xml | paste -sd+)) / 1000000))
before() { rm -rf "$work/.albs/metadata"; }
ours 'ours, for the first time' near
before() { :; }
ours 'ours, metadata kept' near
mv "$out" near.plan
before() { rm -f "$work"/.albs/metadata/*/*-full.solv*; }
ours 'ours, file lists parsed' far
before() { :; }
ours 'ours, file lists kept' far
printf 'in the root: %s packages\n' "$(jq '.roots[0].packages | length' near.plan)"
if /usr/bin/python3 -c 'import dnf' 2>/dev/null; then
    before() { rm -rf dnf; }
    dnf 'dnf, for the first time'
    before() { :; }
    dnf 'dnf, metadata kept'
    [ "$(jq '.roots[0].packages | length' near.plan)" = "$(wc -l <"$out")" ] || fail 'dnf has another solution'
else
    echo 'dnf: skipped, its Python bindings are not installed'
fi
