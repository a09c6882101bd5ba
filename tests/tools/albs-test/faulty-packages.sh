# SPDX-License-Identifier: GPL-3.0-or-later
# Packages with one fault each: every fault is found by the test that is about it, and nothing is said of their healthy
# twins. What is missed, and what is told of a healthy package, is named.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
for program in gcc perl python3 readelf bash; do
    command -v $program >/dev/null || skip "there is no $program"
done
[ -x /usr/bin/python3 ] || skip 'the system has no python3'

mkdir specs
python3 "$ALBS_SOURCE/tests/packages/faulty.py" specs || fail 'no specs'
for spec in specs/*.spec; do
    SOURCE_DATE_EPOCH=1700000000 rpmbuild --quiet -bb --define "_topdir $work/rpmbuild" --define "_rpmdir $rpms" \
        --define '_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' --define '_buildhost localhost' \
        --define 'use_source_date_epoch_as_buildtime 1' "$spec" >rpmbuild.log 2>&1 ||
        fail "rpmbuild of $spec: $(tail -5 rpmbuild.log)"
done
built_manifest rpms/*.rpm >built.json
# Only what is to be found by installing is installed: the rest would take its time.
while read -r name test; do
    case $test in
    install | remove | inspect/shell | inspect/python | inspect/perl | inspect/imports) ;;
    *) printf '%s install seen without\n' "bad-$name" "good-$name" ;;
    esac
done <specs/cases >rules
expect 1 albs-test --skip rules built.json
# NAME TEST of each failure and each warning
jq -r '(.artifacts | map({key: .sha256, value: (.rpm.name // "")}) | from_entries) as $names | .tests[] |
    select(.status == "fail" or (.status == "pass" and .reason)) | "\($names[.artifact]) \(.name)"' "$out" >found
missed=0
while read -r name test; do
    grep -qxF "bad-$name $test" found || {
        echo "missed: $name, which $test should find; $(grep "^bad-$name " found | tr '\n' ' ')" >&2
        missed=$((missed + 1))
    }
done <specs/cases
alarms=$(grep '^good-' found || :)
echo "$(wc -l <specs/cases) faults, $missed missed; alarms on healthy twins: ${alarms:-none}"
[ $missed = 0 ] && [ -z "$alarms" ] || fail 'see above'
