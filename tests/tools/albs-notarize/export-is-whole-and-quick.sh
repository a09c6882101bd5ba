# SPDX-License-Identifier: GPL-3.0-or-later
# The file that is shipped has its proof under its own name: the bundle is about these very bytes, which is what cosign
# asks for (tests/interop/cosign.sh), and verify takes it as it lies. Many files wait for the disk once, and who is killed
# leaves whole files or none.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
make_signer
signed_package hello 1.0 signed.json
log_key=$ALBS_WORKSPACE/ledger/log.vkey
expect_from 0 signed.json albs-notarize export --log-key "$log_key" beside
jq -r '.artifacts[] | select(.unsigned) | "\(.sha256) \(.name)"' signed.json >shipped
[ "$(wc -l <shipped)" -ge 3 ] || fail 'nothing is shipped'
while read -r digest name; do
    cp "$ALBS_WORKSPACE/store/sha256/$(echo "$digest" | cut -c1-2)/$digest" "beside/$name"
    jq -e --arg digest "$digest" '.dsseEnvelope.payload | @base64d | fromjson | .subject[0].digest.sha256 == $digest' \
        "beside/$name.sigstore.json" >"$out" || fail "the bundle of $name is about another file"
    expect 0 albs-notarize verify --log-key "$log_key" "beside/$name"
    expect_stdout "^verified beside/$name$"
done <shipped
[ "$(find beside -type d | wc -l)" = 1 ] || fail "left: $(find beside -type d)"
# One wait for many files.
mkdir files
for i in $(seq 60); do echo "$i" >"files/$i"; done
expect 0 albs-notarize files --ledger "$ALBS_WORKSPACE/ledger" files/*
cp "$out" many.json
# Leaks are looked for with the kernel's means of tracing, which strace has.
[ -z "${ALBS_SANITIZED:-}" ] || export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
if strace -o /dev/null true 2>/dev/null; then
    expect 0 strace -f -o trace -e trace=fsync,fdatasync,syncfs,sync albs-notarize export --log-key "$log_key" many many.json
    [ "$(grep -c 'sync' trace)" -le 5 ] || fail "$(grep -c sync trace) waits for 120 files"
    grep -q syncfs trace || fail 'nothing was synced'
    # Killed at any time: each file is whole, and the next run completes and removes what is left.
    for when in 1 20 60; do
        rm -rf some
        strace -f -o trace -e trace=rename -e inject=rename:signal=KILL:when=$when albs-notarize export \
            --log-key "$log_key" some many.json >"$out" 2>"$err"
        ls some >left
        for name in $(grep -v '^albs-tmp-' left); do same "some/$name" "many/$name"; done
        [ "$(grep -vc '^albs-tmp-' left)" = $((when - 1)) ] || fail "killed at file $when: $(wc -l <left) there"
        expect 0 albs-notarize export --log-key "$log_key" some many.json
        diff -r some many >"$out" || fail "the next run made other files: $(head -5 "$out")"
    done
    rm -rf some
    strace -f -o trace -e trace=syncfs -e inject=syncfs:signal=KILL:when=1 albs-notarize export --log-key "$log_key" some many.json \
        >"$out" 2>"$err"
    [ -z "$(find some -type f -not -path '*/albs-tmp-*')" ] || fail 'files had their names before they were on disk'
    strace -f -o trace -e trace=syncfs -e inject=syncfs:error=EIO:when=1 albs-notarize export --log-key "$log_key" some many.json \
        >"$out" 2>"$err" && fail 'a disk that fails is no matter'
    expect_empty_stdout
    [ -z "$(ls some)" ] || fail "left: $(ls some | head -3)"
else
    echo 'note: nothing can be traced here'
fi
# Names that could meet: a file 'a' that is in the log twice, and a file 'a.1'.
mkdir one two
echo a >one/a
echo other >two/a
echo a.1 >two/a.1
expect 0 albs-notarize files --ledger "$ALBS_WORKSPACE/ledger" one/a two/a two/a.1
cp "$out" met.json
expect_from 0 met.json albs-notarize export --log-key "$log_key" met
for content in a other a.1; do
    digest=$(echo $content | sha256sum | cut -c1-64)
    grep -l "$(jq -r --arg d "$digest" 'select((.dsseEnvelope.payload | @base64d | fromjson).subject[0].digest.sha256 == $d) |
        .dsseEnvelope.payload' met/*.sigstore.json)" met/*.sigstore.json >"$out" || fail "the proof of '$content' is lost"
done
