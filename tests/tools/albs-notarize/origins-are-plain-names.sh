# SPDX-License-Identifier: GPL-3.0-or-later
# A log's name is read by people and compared by programs: init refuses what cannot be seen, what changes the direction
# of text, what is no UTF-8, spaces, and the scheme of a URL. Nothing is made.
. "$ALBS_SOURCE/tests/lib.sh"
refused() {
    expect 2 albs-notarize init --origin "$1" --ledger ledger
    expect_empty_stdout
    expect_stderr "error: --origin $2"
    [ ! -e ledger ] || fail "a ledger '$1' was made"
}
unseen='has a control character, or one that is not visible, or is not in UTF-8'
# Control characters of ASCII and beyond, marks of direction, spaces without width, soft hyphens, tags, half of UTF-8.
for octal in 'log\012.example.org' 'log\001' 'log\177' 'log\302\205x' 'log\302\233x' 'log\342\200\256gro.elpmaxe' \
    'log\342\201\246x' 'log\342\200\217x' 'log\330\234x' 'log\342\200\213x' 'log\302\255x' 'log\357\273\277' \
    'log\363\240\201\201' 'log\342\200' 'log\377'; do
    # shellcheck disable=SC2059 # that is what it is
    refused "$(printf "$octal")" "$unseen"
done
refused 'log example' "has a space or a '+'"
refused "$(printf 'log\343\200\200x')" "has a space or a '+'" # the ideographic one
refused 'log+x' "has a space or a '+'"
for url in https://log.example.org http://log.example.org https:log //log.example.org ssh://log \
    javascript:alert JavaScript:1a mailto:a@b.example urn:log data:; do
    refused $url 'is a URL with its scheme'
done
expect 2 albs-notarize init --ledger ledger
expect_stderr 'init needs --origin'
# What people write is fine: a host, a URL without its scheme, a port, other scripts.
for name in log.example.org log.example.org/2026 log.example.org:8080/x "$(printf 'protokoll.beispiel.\303\266')"; do
    rm -rf ledger
    expect 0 albs-notarize init --origin "$name" --ledger ledger
    [ "$(sed -n 1p ledger/checkpoint)" = "$name" ] || fail "the log is not named '$name'"
done
