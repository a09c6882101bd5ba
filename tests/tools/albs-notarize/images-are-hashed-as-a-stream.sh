# SPDX-License-Identifier: GPL-3.0-or-later
# An installation image is recorded and checked without ever being in memory: 300 MB of it, in less than a third of
# that.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
command -v python3 >/dev/null || skip 'no python3 to measure with'
# The descriptor of ISO 9660 at 32 KiB, words here and there, holes between them.
truncate -s 300M big.iso
printf '\001CD001\001\000LINUX' | dd of=big.iso bs=1 seek=32768 conv=notrunc 2>/dev/null
seq 100000 | dd of=big.iso bs=64k seek=100 conv=notrunc 2>/dev/null
seq 100000 200000 | dd of=big.iso bs=64k seek=4700 conv=notrunc 2>/dev/null
seq 50000 >small.img
# measured STATUS COMMAND...: as expect; the most memory it had at once is in ./peak (MB).
measured() {
    wanted=$1
    shift
    expect "$wanted" python3 -c '
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, file=open("peak", "w"))
sys.exit(status)' "$@"
    [ -n "${ALBS_SANITIZED:-}" ] || [ "$(cat peak)" -lt 100 ] || fail "'$*' had $(cat peak) MB at once"
}
measured 0 albs-notarize files big.iso small.img
cp "$out" image.json
digest=$(sha256sum <big.iso | cut -d' ' -f1)
expect_json ".artifacts[0] | \"\(.name) \(.kind) \(.size) \(.sha256)\"" "big.iso file 314572800 $digest"
expect_json '.artifacts[1].sha256' "$(sha256sum <small.img | cut -d' ' -f1)"
expect_json '[.notarizations[].kind] | join(" ")' 'file file'
measured 0 albs-notarize verify --log-key "$key" image.json big.iso small.img
expect_stdout '^verified big.iso$'
expect_stdout '^verified small.img$'
# Beside it, without a manifest.
expect_from 0 image.json albs-notarize export --log-key "$key" .
measured 0 albs-notarize verify --log-key "$key" big.iso
# One bit, anywhere.
printf x | dd of=big.iso bs=1 seek=250000000 conv=notrunc 2>/dev/null
measured 4 albs-notarize verify --log-key "$key" big.iso
expect_empty_stdout
expect_stderr "'big.iso': the proof beside it is about another file"
rm big.iso.*
measured 1 albs-notarize verify --log-key "$key" image.json big.iso
expect_stdout '^absent big.iso$'
