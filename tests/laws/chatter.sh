# SPDX-License-Identifier: GPL-3.0-or-later
# stdout holds the manifest (or the document) and nothing else, whatever libraries and children print.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"

for how in -q -v; do
    expect_from 0 in.json run "$how"
    if [ "$gives" = manifest ]; then
        [ "$(wc -l <"$out")" = 1 ] || fail 'stdout is not one line'
        [ "$(jq -r .schema "$out")" = albs.manifest/1 ] || fail 'stdout is no manifest'
    fi
    ! grep -q chatter "$out" || fail 'chatter on stdout'
    # No terminal: no colour, no progress, no carriage return.
    ! LC_ALL=C grep -q "$(printf '[\033\r\b]')" "$err" || fail 'control characters on stderr'
done
if [ "$tool" = albs-echo ]; then
    for what in 'of a library' 'by number' 'of a child'; do expect_stderr "chatter $what"; done
    # The answer no comes with a manifest, an error without; a document is written as it is.
    expect_from 1 in.json run --answer no
    expect_json '.stages[-1].verdict' no
    expect_from 75 in.json run --fail temporary
    expect_empty_stdout
    expect_from 70 in.json run --fail throw
    expect_empty_stdout
    expect_stderr 'hint: this is a bug'
    expect_from 0 in.json run --document text
    [ "$(cat "$out")" = text ] || fail 'the document is another'
    # A required option of a verb; of the tool's own job it would not be asked for here.
    expect 2 albs-echo say hello
    expect_stderr "error: --end is required"
    expect 0 albs-echo say --end . hello say
    [ "$(cat "$out")" = 'hello say .' ] || fail 'operands'
fi
