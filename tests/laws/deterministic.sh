# SPDX-License-Identifier: GPL-3.0-or-later
# Same input, same bytes: with SOURCE_DATE_EPOCH anywhere, and in one workspace also without it.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"

run <in.json >first 2>"$err" || fail 'the first run fails'
sleep 1.1
expect_from 0 in.json run
same first "$out"
# The number of jobs, verbosity and the machine's language change nothing.
LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo expect_from 0 in.json run -j 1 -v
same first "$out"
if [ "$takes" = manifest ]; then
    expect 0 run in.json
    same first "$out"
fi
SOURCE_DATE_EPOCH=1767225600 expect_from 0 in.json run
cp "$out" fixed
if [ "$gives" = manifest ]; then
    expect_json '.stages[-1] | .started + .finished' 2026-01-01T00:00:00Z2026-01-01T00:00:00Z
fi
SOURCE_DATE_EPOCH=1767225600 expect_from 0 in.json run
same fixed "$out"
