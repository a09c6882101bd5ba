#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh RELEASE FUZZ SECONDS [TARGET...]: every fuzz target for so long, two at a time, from seeds that the tools of
# the build RELEASE make, with the targets of the build FUZZ (cmake --preset fuzz). An input that breaks one is left in
# FUZZ/crashes, is the end of the run, and its status is 1.
set -eu
ALBS_BIN=$(cd "$1/tools" && pwd)
fuzz=$(cd "$2" && pwd)
seconds=$3
shift 3
ALBS_SOURCE=$(cd "$(dirname "$0")/../.." && pwd)
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fuzz/corpus.sh"
[ $# -gt 0 ] || set -- note checkpoint proof vkey path tile bundle journal policy leaf envelope json manifest
corpus="$fuzz/corpus"
crashes="$fuzz/crashes"
mkdir -p "$corpus" "$crashes"
make_corpus
# one TARGET: new inputs join the corpus, for the next run.
cat >one <<'END'
target=$1
case $target in json | manifest) program=fuzz-$target ;; *) program=fuzz-ledger ;; esac
got=0
FUZZ_TARGET=$target timeout -k 10 $((SECONDS_EACH + 60)) "$FUZZ/tests/$program" -max_total_time="$SECONDS_EACH" -timeout=20 \
    -rss_limit_mb=3000 -max_len=65536 -artifact_prefix="$FUZZ/crashes/$target-" "$FUZZ/corpus/$target" >"$target.log" 2>&1 || got=$?
if [ "$got" != 0 ]; then
    printf '%s: status %s; its input is in %s\n' "$target" "$got" "$FUZZ/crashes"
    tail -n 60 "$target.log"
    exit 1
fi
printf '%s: %s\n' "$target" "$(grep '^Done ' "$target.log")"
END
export FUZZ="$fuzz" SECONDS_EACH="$seconds"
ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export ASAN_OPTIONS UBSAN_OPTIONS
got=0
printf '%s\n' "$@" | xargs -n 1 -P 2 sh one || got=1
exit $got
