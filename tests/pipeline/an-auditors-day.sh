# SPDX-License-Identifier: GPL-3.0-or-later
# The three commands of an auditor's day, as albs(7) has them, where there is no network: yes of what is in order, and
# of what is not each says what it is.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/pipe.sh"
isolated=
for one in 'unshare -n' 'unshare -rn'; do $one true 2>/dev/null && isolated=$one && break; done
[ -n "$isolated" ] || skip 'no network namespaces here'
awk '/^An auditor/ { there = 1 } there && /^```/ { ++fence; next } there && fence == 1' \
    "$ALBS_SOURCE/man/albs.7.scd" >day
[ "$(wc -l <day)" = 3 ] || fail "not three commands in albs(7): $(cat day)"
pipe_setup
expect 0 sh -c 'albs-fetch "file://$PWD/distgit#main" | albs-notarize | albs-build | albs-test | albs-notarize |
    albs-sign --key "$0" | albs-notarize | albs-release --to released --key "$0" | albs-notarize' "$key"
cp "$out" end.json
expect 0 albs-sbom --format cyclonedx end.json -o which.cdx.json
# The auditor's machine: copies, a memory of its own, and no workspace.
mkdir auditor
cp "$ALBS_WORKSPACE/ledger/log.vkey" which.cdx.json auditor
cp -rL released auditor/repo
copy_log() { rm -rf auditor/ledger && cp -r "$ALBS_WORKSPACE/ledger" auditor/ledger && rm -rf auditor/ledger/.state; }
copy_log
export ALBS_REMEMBER="$work/auditor/heads"
command_of_day() { sed -n "$1p" day; }
# audited NUMBER STATUS: that command of the day gives that status.
audited() {
    expect "$2" $isolated env -u ALBS_WORKSPACE sh -c "cd auditor && $(command_of_day "$1")"
}
audited 1 0
expect_stdout '^consistent localhost/pipe entries='
audited 2 0
[ "$(grep -c '^verified repo/' "$out")" -ge 2 ] || fail 'not every package'
audited 3 0
expect_stdout ' 0 missing, 0 false$'
# A revocation, an old copy of the log, a changed package, another bill.
cp -r auditor/ledger old
victim=$(cd auditor && find repo -name '*.rpm' -not -name '*.src.rpm' | head -n 1)
ALBS_REMEMBER="$work/state/albs/heads" expect 0 albs-notarize mark --reason 'a broken compiler' \
    "$(sha256sum "auditor/$victim" | cut -c1-64)"
copy_log
audited 1 0
audited 2 1
expect_stdout "^revoked $victim$"
rm -r auditor/ledger && cp -r old auditor/ledger
audited 1 4
expect_stderr 'the log had [0-9]* entries and now has'
copy_log
chmod u+w "auditor/$victim"
printf x | dd of="auditor/$victim" bs=1 seek=3000 conv=notrunc 2>/dev/null
audited 2 4
expect_stderr 'is not the file that the repository lists'
jq '(.. | strings | select(test("^[0-9a-f]{64}$"))) |= (if .[0:1] == "0" then "1" + .[1:] else "0" + .[1:] end)' \
    auditor/which.cdx.json >other.json && mv other.json auditor/which.cdx.json
audited 3 1
expect_stdout '^false'
