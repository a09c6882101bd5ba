# SPDX-License-Identifier: GPL-3.0-or-later
# The ledger beside Tessera's POSIX driver and immudb's embedded store, one after the other on the same disk, in a table
# of rates (1/s) and of ratios (ours to theirs: above 1 is ahead). ALBS_BENCH_ENTRIES grows each log (20000). The peers are Go
# programs of ours (bench/peers) over their libraries; without go, or the modules, their columns stay empty.
set -eu
build=$1
entries=${ALBS_BENCH_ENTRIES:-20000}
dir=$(mktemp -d "${TMPDIR:-/var/tmp}/albs-bench-XXXXXX")
trap 'rm -rf "$dir"' EXIT
peer() {
    command -v go >/dev/null && (cd "peers/$1" && timeout 600 go build -o "$dir/bench-$1" .) >"$dir/log" 2>&1 ||
        echo "no $1: $(tail -n 1 "$dir/log" 2>/dev/null)"
    [ ! -x "$dir/bench-$1" ] || "$dir/bench-$1" "$dir/$1" "$entries" >"$dir/$1.tsv" 2>"$dir/log" || tail -n 2 "$dir/log"
    touch "$dir/$1.tsv"
    rm -rf "$dir/${1:?}"
}
printf '%s, %s cores, load %s; ' "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)"
df -T "$dir" | awk 'END { print $2 " on " $1 }'
dd if=/dev/zero of="$dir/floor" bs=1024 count=100 oflag=dsync 2>&1 | sed -n 's/.*, \([0-9.e-]*\) s,.*/100 synchronous writes of 1 kB: \1 s/p'
echo 'durable, one commit waiting for the one before: ours fdatasync of the journal; Tessera fsync of each file and
directory; immudb fsync of its value, transaction and commit logs (three for each commit). Ours is signed, covered by a
signed checkpoint and proven after each; the public files follow every 100 ms, as with Tessera, but for the row "published".'
"$build/bench/bench-ledger" run "$dir/ours" "$entries" >"$dir/ours.tsv"
rm -rf "$dir/ours" "$dir/ours.heads"
peer tessera
peer immudb
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
