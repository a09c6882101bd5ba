# SPDX-License-Identifier: GPL-3.0-or-later
# The ledger beside Tessera's POSIX driver and immudb's embedded store, on the same disk, in a table of rates (1/s) and
# of ratios (ours to theirs: above 1 is ahead): medians of ALBS_BENCH_ROUNDS rounds (5), in each of which everybody runs
# once. ALBS_BENCH_ENTRIES grows each log (60000). The peers are Go programs of ours (bench/peers) over their libraries;
# without go, or the modules, their columns stay empty.
set -eu
build=$1
. ./rounds.inc
entries=${ALBS_BENCH_ENTRIES:-60000}
dir=$(mktemp -d "${TMPDIR:-/var/tmp}/albs-bench-XXXXXX")
trap 'rm -rf "$dir"' EXIT
# make_peer NAME: its program; says why not.
make_peer() {
    command -v go >/dev/null && (cd "peers/$1" && timeout 600 go build -o "$dir/bench-$1" .) >"$dir/log" 2>&1 ||
        echo "no $1: $(tail -n 1 "$dir/log" 2>/dev/null)"
}
# run NAME ROUND COMMAND...: adds its lines to NAME.tsv. Logs stay until the end, since ext4 looks at the inodes that
# were freed lately before it gives out another.
run() {
    sync
    "$3" ${4:+"$4"} "$dir/$1.$2" "$entries" >>"$dir/$1.tsv" 2>"$dir/log" || tail -n 2 "$dir/log"
}
# medians NAME: of what its rounds gave, in the place of them.
medians() {
    sort -k 1,1 -k 2,2g "$dir/$1.tsv" | awk -F'\t' '{ all[$1] = all[$1] " " $2; count[$1]++ }
        END { for (name in all) { split(all[name], one, " "); print name "\t" one[int((count[name] + 1) / 2)] } }' \
            >"$dir/log"
    mv "$dir/log" "$dir/$1.tsv"
}
for peer in tessera immudb; do
    make_peer $peer
    : >"$dir/$peer.tsv"
done
machine
df -T "$dir" | awk 'END { print $2 " on " $1 }'
dd if=/dev/zero of="$dir/floor" bs=1024 count=100 oflag=dsync 2>&1 |
    sed -n 's/.*, \([0-9.e-]*\) s,.*/100 synchronous writes of 1 kB: \1 s/p'
echo 'durable, one commit waiting for the one before: ours fdatasync of the journal; Tessera fsync of each file and
directory; immudb fsync of its value, transaction and commit logs (three for each commit). Ours is signed, covered by a
signed checkpoint and proven after each; the public files follow every 100 ms, as with Tessera, but for the row "published".'
for round in $(seq "$rounds"); do
    run ours "$round" "$build/bench/bench-ledger" run
    for peer in tessera immudb; do
        [ ! -x "$dir/bench-$peer" ] || run $peer "$round" "$dir/bench-$peer"
    done
done
for name in ours tessera immudb; do medians $name; done
awk -F'\t' '
    function ratio(a, b) { return a != "" && b > 0 ? sprintf("%9.2f", a / b) : sprintf("%9s", "-") }
    function row(label, name, theirs) {
        printf "%-46s %10.0f %10s %10s %s %s\n", label, rate["ours", name], rate["tessera", theirs], rate["immudb", theirs],
            ratio(rate["ours", name], rate["tessera", theirs]), ratio(rate["ours", name], rate["immudb", theirs])
    }
    FNR == 1 { n = split(FILENAME, part, "/"); who = part[n]; sub(/\.tsv$/, "", who) }
    { rate[who, $1] = sprintf("%.0f", $2) }
    END {
        printf "%-46s %10s %10s %10s %9s %9s\n", "", "ours", "tessera", "immudb", "/tessera", "/immudb"
        row("single records, each signed", "single", "signed1")
        row("in batches of 256, each record signed", "batch256", "signed256")
        row("in batches of 1000, each record signed", "batch1000", "signed1000")
        row("single: theirs verify what they signed", "single", "checked1")
        row("batches of 256: the same", "batch256", "checked256")
        row("batches of 1000: the same", "batch1000", "checked1000")
        row("single: theirs not signed", "single", "single")
        row("batches of 256: theirs not signed", "batch256", "batch256")
        row("batches of 1000: theirs not signed", "batch1000", "batch1000")
        row("single, checkpoint and tiles published", "published1", "published1")
        row("commits of 10000: theirs not signed", "append", "append")
        row("inclusion proofs of random entries", "prove", "prove")
        row("verified proofs", "verify", "verify")
        row("audit of the tree, entries", "audit", "audit")
        printf "%-46s %10s\n", "audit with every statement and signature", rate["ours", "signatures"]
        printf "%-46s %10s\n", "entry with statement and proof of its time", rate["ours", "record"]
        printf "%-46s %10s %10s %10s\n", "peak memory, MB", rate["ours", "memory"], rate["tessera", "memory"], rate["immudb", "memory"]
        printf "%-46s %10s %10s %10s\n", "entries at the end", rate["ours", "entries"], rate["tessera", "entries"], rate["immudb", "entries"]
    }' "$dir/ours.tsv" "$dir/tessera.tsv" "$dir/immudb.tsv"
