# SPDX-License-Identifier: GPL-3.0-or-later
# Durable commits of one, 256 and 1000 records, proofs, audit, memory. ALBS_BENCH_ENTRIES grows the log (10000).
# Beside them, the floor: what the disk takes for an append and fdatasync of one record.
set -eu
build=$1
dir=$(mktemp -d "${TMPDIR:-/tmp}/albs-bench-XXXXXX")
trap 'rm -rf "$dir"' EXIT
dd if=/dev/zero of="$dir/floor" bs=1024 count=100 oflag=dsync 2>&1 | sed -n 's/.*, \([0-9.]*\) s,.*/100 synchronous writes of 1 kB: \1 s/p'
"$build/bench/bench-ledger" run "$dir/log" "${ALBS_BENCH_ENTRIES:-10000}"
