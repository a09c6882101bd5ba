# SPDX-License-Identifier: GPL-3.0-or-later
# The same question gives the same lock to the byte, order of installation included, whether the metadata was parsed just
# now or comes from the workspace in the solver's own form, with file lists or without, whatever was asked before.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
make_distribution "$work/distro"
repo="$work/distro/repos.repo"
for words in app '@kit' '@all bash' 'app tool lang /usr/share/data/list' 'perl-*'; do
    rm -rf cold
    # shellcheck disable=SC2086 # words
    set -- --repo "$repo" --module lang:4 $words
    expect 0 albs-build lock --workspace cold "$@" -o cold.json
    [ "$(jq '.packages | length' cold.json)" -gt 1 ] || fail 'one package has but one order'
    expect 0 albs-build lock --workspace cold "$@"
    same "$out" cold.json
    # A workspace in which other questions were asked.
    expect 0 albs-build lock --workspace used "$@"
    same "$out" cold.json
    expect 0 albs-build lock --workspace used --offline "$@"
    same "$out" cold.json
done
