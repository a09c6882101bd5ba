# SPDX-License-Identifier: GPL-3.0-or-later
# The pipe of the README as people type it, under bash with pipefail and under dash without.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/pipe.sh"
pipe_setup

cat >pipe <<'SH'
albs-fetch "file://$PWD/distgit#main" |
    albs-notarize |
    albs-build |
    albs-test | albs-notarize |
    albs-sign --key "$key" | albs-notarize |
    albs-release --to "$1" --key "$key"
SH
export key
expect 0 bash -o pipefail pipe "$work/repo-bash"
expect_json '.stages | map(.tool) | join(" ")' \
    'albs-fetch albs-notarize albs-build albs-test albs-notarize albs-sign albs-notarize albs-release'
expect_json '.tasks | map(.status) | unique | join(" ")' ok
expect_json '[(.signatures | length), (.artifacts | map(select(.unsigned)) | length)] | .[0] == .[1] and .[0] >= 3'
cp "$out" bash.json
[ -e repo-bash/source/repodata/repomd.xml.asc ] || fail 'no signed source repository'

# The same work again: nothing is done twice, so all but the release says the same bytes.
expect 0 dash pipe "$work/repo-dash"
jq -c '[.sources, .tasks, .artifacts, .tests, .signatures, .notarizations]' bash.json >bash.tables
jq -c '[.sources, .tasks, .artifacts, .tests, .signatures, .notarizations]' "$out" >dash.tables
same bash.tables dash.tables
