# SPDX-License-Identifier: GPL-3.0-or-later
# Words that cannot be a time, a size, a module stream or a pattern are usage errors, and nothing is done.
. "$ALBS_SOURCE/tests/lib.sh"
mkdir -p .albs/roots
for bad in 0 0d x 1q -1 '1 d' 1.5h 99999999999d d; do
    expect 2 albs-build gc --unused "$bad"
    expect_stderr "error: --unused '$bad' is no time"
    expect_empty_stdout
done
for bad in 0 x 1q -1 '1 G' 1.5G 999999999T 99999999999999999999 G; do
    expect 2 albs-build gc --most "$bad"
    expect_stderr "error: --most '$bad' is no size"
    expect_empty_stdout
done
expect 2 albs-build gc root
expect 2 albs-build gc --unused
# One word for streams, of all verbs.
for verb in '' plan lock; do
    # shellcheck disable=SC2086 # no word or one
    expect_refusal 2 'the following argument was not expected: --module' albs-build $verb --module perl:5
done
mkdir base
echo '{"schema":"albs.manifest/1","sources":[],"tasks":[]}' >nothing.json
no_stream() {
    expect_stderr 'is no module stream$'
    expect_stderr 'hint: write it as NAME:STREAM'
    expect_empty_stdout
}
for bad in : a: :b a::b a:b:c:d:e 'a b' a/ a/b/c 'a:b
'; do
    expect 2 albs-build lock --repo "base=$PWD/base" --module-enable "$bad" x
    no_stream
    for verb in '' plan; do
        # shellcheck disable=SC2086 # no word or one
        expect_from 2 nothing.json albs-build $verb --arch "$(uname -m)" --module-enable "$bad"
        no_stream
    done
done
for bad in 'a b' '	' 'a
b'; do
    echo '{"schema":"albs.manifest/1","sources":[],"tasks":[]}' |
        expect_from 2 /dev/stdin albs-build --arch "$(uname -m)" --exclude "$bad"
    expect_stderr 'is no pattern of packages$'
    expect_empty_stdout
done
