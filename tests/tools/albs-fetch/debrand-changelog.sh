#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The head of a changelog entry: the day is that of the commit, never before the entry below it; a version that hangs on
# macros is what rpmspec makes of it, in the sandbox, and that is recorded.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
commit_all sample 'More files'
publish "$work" sample
files_url="file://$work/files"
url="file://$work/git/sample.git"
mkdir -p brand/sample
configure() { { cat && printf '%s\n' '  - changelog_entry: [{name: A, email: a@example.org, line: [one]}]'; } >brand/sample/config.yaml; }
head_of() { # of the newest entry in the result
    tree=$(jq -r '.sources[0].files' "$out")
    spec=$(jq -r '.files[] | select(.path == "sample.spec") | .sha256' ".albs/store/sha256/$(printf %.2s "$tree")/$tree")
    sed -n '/^%changelog/{n;p;}' ".albs/store/sha256/$(printf %.2s "$spec")/$spec"
}
debranded() { albs-fetch "$@" --lookaside "$files_url" --debrand brand; }
is_head() { [ "$(head_of)" = "$1" ] || fail "the head is $(head_of), not $1"; }

configure <<'YAML'
actions:
  - modify_release: [{suffix: .alma.1}]
YAML
# SOURCE_DATE_EPOCH is what the record has as its time; in April 2024 and before the entry that is there.
expect 0 env SOURCE_DATE_EPOCH=1713000000 albs-fetch "$url#c9" --lookaside "$files_url" --debrand brand
is_head '* Sat Apr 13 2024 A <a@example.org> - 1.0-1.alma.1'
cp "$out" april.json
expect_json '.sources[0].transformations[0].program' null
expect 0 env SOURCE_DATE_EPOCH=1600000000 albs-fetch "$url#c9" --lookaside "$files_url" --debrand brand
is_head '* Wed Nov 01 2023 A <a@example.org> - 1.0-1.alma.1'
# A day later, as a list: the same, from what is recorded.
expect 0 env SOURCE_DATE_EPOCH=1713100000 albs-fetch --from april.json --lookaside "$files_url"
expect_json '.sources | tojson' "$(jq '.sources | tojson' -r april.json)"
# The commit's time, without the variable.
unset SOURCE_DATE_EPOCH
expect 0 debranded "$url#c9"
is_head "* $(LC_ALL=C date -u -d "$(jq -r '.sources[0].commit_time' "$out")" '+%a %b %d %Y') A <a@example.org> - 1.0-1.alma.1"
# A directory has no time.
expect 0 debranded sample
is_head '* Wed Nov 01 2023 A <a@example.org> - 1.0-1.alma.1'

bwrap --unshare-user --ro-bind / / true 2>/dev/null || skip 'user namespaces are not allowed here'
sed -e '1i %global major 7\n%if 0%{?rhel} > 8\n%global pre 0.' -e '1i %endif' -e 's/^Version:.*/Version: %{major}.2/' \
    -e 's/^Release:.*/Release: %{?pre}3%{?dist}/' -e '/^Version/i %if 0%{?rhel} == 9\nEpoch: 4\n%endif' -i sample/sample.spec
commit_all sample 'Macros'
publish "$work" sample
expect 0 debranded "$url#c9"
expect_json '.sources[0].transformations[0].program' rpmspec
head_of | grep -qx '.* A <a@example.org> - 4:7.2-0.3.alma.1' || fail "the head is $(head_of)"
cp "$out" macros.json
expect 0 albs-fetch --from macros.json --lookaside "$files_url"
expect_json '.sources | tojson' "$(jq '.sources | tojson' -r macros.json)"
expect 0 debranded "$url#$(jq -r '.sources[0].commit' macros.json)"
head_of | grep -qx '.* - 7.2-3.alma.1' || fail "without a branch, the head is $(head_of)"
configure <<'YAML'
parameters: {el_version: "9", ignore_release_macros: true}
actions:
YAML
expect 0 debranded sample
head_of | grep -qx '.* - 4:7.2-%{?pre}3%{?dist}' || fail "the head is $(head_of)"
# What rpmspec cannot do is said with its line; the spec does no harm.
configure <<'YAML'
actions:
YAML
sed -i "1i %global secret %(echo > $work/seen; cat $work/april.json | head -c 9)\n%{lua: error('never')}" sample/sample.spec
expect_refusal 3 "brand/sample/config.yaml:2: changelog_entry: 'rpmspec' ended with status 1: " debranded sample
grep -q '^albs-fetch: hint: ignore_version_macros and ignore_release_macros' "$err" || fail 'no hint'
[ ! -e seen ] || fail 'a macro of the spec wrote to this machine'
