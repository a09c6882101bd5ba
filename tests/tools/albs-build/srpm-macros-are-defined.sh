#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A macro that nobody defined becomes part of no name and no dependency: the spec is refused, and the macro named.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
write() { # NAME VERSION RELEASE MORE
    mkdir -p hello
    printf 'Name: %s\nVersion: %s\nRelease: %s\nSummary: x\nLicense: MIT\n%b\n%%description\nx\n%%files\n' "$@" \
        >hello/hello.spec
}
refused() { # MACRO WHERE
    albs-fetch -q hello -o hello.json || fail 'not fetched'
    expect 1 albs-build srpm hello.json
    expect_json '.tasks[0].reason | "\(.phase) \(.kind) \(.message)"' "srpm spec the macro '$1' is not defined: $2"
}
write hello 1.0 1 ''
expect 0 albs-fetch hello -o hello.json
expect 0 albs-build srpm hello.json
write hello '%{nover}' 1 ''
refused nover "version '%{nover}'"
write hello 1.0 '1%nodist' ''
refused nodist "release '1%nodist'"
write 'hello%{noname}' 1.0 1 ''
refused noname "name 'hello%{noname}'"
write hello 1.0 1 'ExclusiveArch: %{golang_arches_of_nobody}'
refused golang_arches_of_nobody "architecture '%{golang_arches_of_nobody}'"
write hello 1.0 1 'BuildRequires: lib%{nolib}-devel >= %{nover}'
refused nolib "BuildRequires 'lib%{nolib}-devel >= %{nover}'"
write hello 1.0 1 'Source0: %{nosource -e .zip}'
refused nosource "source file '%{nosource -e .zip}'"
