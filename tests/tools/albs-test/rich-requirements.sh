# SPDX-License-Identifier: GPL-3.0-or-later
# A rich requirement is fulfilled on this machine wherever the names in it are.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
# required STATUS REQUIREMENT: the test of a package that requires it.
required() {
    rm -rf it
    mkdir it
    printf '%s\n' 'Name: it' 'Version: 1' 'Release: 1' 'Summary: x' 'License: MIT' 'BuildArch: noarch' "Requires: $2" \
        '%description' x '%files' >it/it.spec
    albs-fetch -q -o it.json it && albs-build -q -o built.json it.json || fail 'not built'
    expect_from "$1" built.json albs-test -q
}
for requirement in bash '(bash or zsh)' '(bash >= 4 and sed)' '(bash with bash >= 4)' '(bash if (sed or /no/such))' \
    '((bash and sed) or nothing-of-this-name)'; do
    required 0 "$requirement"
done
for requirement in '(bash and nothing-of-this-name)' '(bash >= 99 and sed)' '(bash with bash >= 99)' \
    'nothing-of-this-name'; do
    required 1 "$requirement"
    expect_json '[.tests[] | select(.status == "fail") | .name] | unique | join(" ")' installability
done
