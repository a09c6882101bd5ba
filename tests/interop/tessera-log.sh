# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# The other way round: our reader audits a log that Tessera wrote, and finds a flipped byte in it.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/interop/go_tool.inc"
go_tool posix-oneshot github.com/transparency-dev/tessera/cmd/examples/posix-oneshot@v1.0.2
command -v openssl >/dev/null || skip 'no openssl'
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
# Our log's key in the form that Go's notes have.
id=$(cut -d+ -f2 "$key")
seed=$({ printf '\001'; openssl pkey -in "$ALBS_LEDGER/.state/log.key" -outform DER | tail -c 32; } | base64 -w0)
printf 'PRIVATE+KEY+log.example.org+%s+%s' "$id" "$seed" >go.key
mkdir entries
i=0
while [ $i -lt 300 ]; do
    i=$((i + 1))
    echo "entry $i" >"entries/$i"
done
GODEBUG=httpmuxgo121=0 "$tool_path" --storage_dir="$work/theirs" --private_key=go.key --entries="$work/entries/*" \
    >"$out" 2>"$err" ||
    fail 'Tessera cannot write its log'
expect 0 albs-notarize audit --log-key "$key" "$work/theirs"
expect_stdout '^consistent log.example.org entries=300 statements=0$'
chmod -R u+w theirs
printf x | dd of="$work/theirs/tile/0/000" bs=1 seek=100 conv=notrunc 2>/dev/null
expect 4 albs-notarize audit --log-key "$key" "$work/theirs"
