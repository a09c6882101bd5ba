# SPDX-License-Identifier: GPL-3.0-or-later
# The same question gives the same lock to the byte, order of installation included, whether the metadata was parsed
# just now or comes from the workspace in the solver's own form, whatever was asked before.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distro.sh"
test_distribution minimal
for words in bash '@minimal test-daemon' '@minimal tool'; do
    rm -rf cold
    # shellcheck disable=SC2086 # words
    set -- --repo "$distro/test.repo" $words
    expect 0 albs-build lock --workspace cold "$@" -o cold.json
    [ "$(jq '.packages | length' cold.json)" -gt 2 ] || fail 'few packages have few orders'
    expect 0 albs-build lock --workspace cold "$@"
    same "$out" cold.json
    # A workspace in which other questions were asked.
    expect 0 albs-build lock --workspace used "$@"
    same "$out" cold.json
    expect 0 albs-build lock --workspace used --offline "$@"
    same "$out" cold.json
done
