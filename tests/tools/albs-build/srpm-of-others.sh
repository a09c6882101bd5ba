#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A source package that somebody else made is unpacked and made anew for the platform, or built as it is.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
spec greet
sed -i 's/^Summary: .*/Summary: %{?word}%{!?word:plain}/' greet.spec
source_package greet
expect 0 albs-fetch greet.src.rpm
cp "$out" greet.json
came=$(jq -r '.sources[0].srpm' greet.json)
expect 0 albs-build --define 'word changed' --output out greet.json
expect_json '.tasks[0].srpm == .sources[0].srpm' false
summary() { rpm -qp --nosignature --qf '%{SUMMARY} %{BUILDHOST}' "$1"; }
[ "$(summary out/greet-1.0-1.src.rpm)" = 'changed localhost' ] || fail "the package says '$(summary out/greet-1.0-1.src.rpm)'"
[ "$(rpm -qpl out/greet-1.0-1.src.rpm | tr '\n' ' ')" = 'greet.c greet.spec ' ] || fail 'other files'
expect 0 albs-build --srpm-as-is --define 'word changed' greet.json
expect_json '.tasks[0] | .srpm == "'"$came"'" and (.options | index("--srpm-as-is") != null)'
expect_json '[.artifacts[] | select(.kind == "srpm")] | length' 1
cp "$out" as-is.json
expect 0 albs-build reproduce as-is.json
expect_json '[.tasks[0].packages[].verdict] | unique | join(" ")' identical
# The options decide what it needs, also as it is.
expect 0 albs-build srpm --srpm-as-is greet.json
expect_json '.tasks[0].srpm' "$came"
