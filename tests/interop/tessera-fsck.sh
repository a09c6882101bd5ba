# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# Tessera's fsck makes the whole log again from its entries, as our audit does, in other people's code.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/interop/go_tool.inc"
go_tool fsck github.com/transparency-dev/tessera/cmd/fsck@v1.0.2
fill="$ALBS_BUILD/bench/bench-ledger"
[ -x "$fill" ] || skip 'bench-ledger is not built (ninja bench-ledger)'
for size in 1 255 256 257 300 65536 65537 70000; do
    "$fill" fill "$work/log-$size" "$size" >"$out" 2>"$err" || fail "cannot make a log of $size"
    sed 1q "$work/log-$size/log.vkey" >vkey
    got=0
    timeout 200 "$tool_path" --storage_url="file://$work/log-$size/" --public_key=vkey --ui=false >"$out" 2>"$err" ||
        got=$?
    [ "$got" = 0 ] || fail "Tessera's fsck refused the log of $size entries"
    grep -q "Successfully fsck'd log with size $size" "$err" "$out" || fail "no word about $size entries"
done
# And it notices what we would: on a tile that does not fit it says so, or asks again for ever.
printf x | dd of="$work/log-300/tile/0/000" bs=1 seek=100 conv=notrunc 2>/dev/null
sed 1q "$work/log-300/log.vkey" >vkey
timeout 20 "$tool_path" --storage_url="file://$work/log-300/" --public_key=vkey --ui=false >"$out" 2>"$err"
[ $? != 0 ] || fail 'a flipped byte was accepted'
grep -q Successfully "$err" && fail 'a flipped byte went unseen'
exit 0
