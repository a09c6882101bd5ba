# SPDX-License-Identifier: GPL-3.0-or-later
# The readers of the ledger's formats on mutated good inputs, without libFuzzer (tests/fuzz/run.sh is with it).
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fuzz/corpus.sh"
[ -x "$ALBS_BUILD/tests/mutate-ledger" ] || skip 'mutate-ledger is not built'
corpus="$work/corpus"
make_corpus
rm -r "$corpus/manifest" # of another program
for target in "$corpus"/*; do
    expect 0 env FUZZ_TARGET="${target##*/}" "$ALBS_BUILD/tests/mutate-ledger" "${ALBS_FUZZ_SECONDS:-1}" "$target"/*
    expect_stdout ' runs$'
done
