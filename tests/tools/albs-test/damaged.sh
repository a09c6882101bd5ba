# SPDX-License-Identifier: GPL-3.0-or-later
# A damaged package fails its integrity test and is not tried. A store that holds other bytes than the manifest says, or
# none, is no test result but an error.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

build_packages <<'SPEC'
Name: whole
Version: 1
Release: 1
Summary: A package to damage
License: MIT
BuildArch: noarch
%description
Whole.
%install
mkdir -p %{buildroot}/usr/share/whole
seq 1 20000 > %{buildroot}/usr/share/whole/data
%files
/usr/share/whole
SPEC
size=$(stat -c %s rpms/whole-1-1.noarch.rpm)

cp rpms/whole-1-1.noarch.rpm payload.rpm
printf 'XXXX' | dd of=payload.rpm bs=1 seek=$((size - 100)) conv=notrunc 2>/dev/null
built_manifest payload.rpm >payload.json
expect 1 albs-test payload.json
expect_test fail integrity whole '^the payload is damaged: its SHA-256 is [0-9a-f]*, not [0-9a-f]*$'
expect_test skip install whole '^the package is damaged$'

cp rpms/whole-1-1.noarch.rpm header.rpm
at=$(grep -abo 'A package to damage' header.rpm | head -1 | cut -d: -f1)
printf 'X' | dd of=header.rpm bs=1 seek="$at" conv=notrunc 2>/dev/null
built_manifest rpms/whole-1-1.noarch.rpm >good.json
jq -c --arg digest "$(put header.rpm)" '.tasks[0].artifacts = [$digest] | .artifacts[0].sha256 = $digest' good.json \
    >header.json
expect 1 albs-test header.json
expect_test fail integrity whole 'damaged'

# The manifest claims another package than the file is.
jq -c '.artifacts[0].rpm.nevra = "whole-2-1.noarch"' good.json >claim.json
expect 1 albs-test claim.json
expect_test fail integrity whole '^the manifest calls the package whole-2-1.noarch, its header whole-1-1.noarch$'

object=$(find .albs/store -name "$(jq -r '.artifacts[0].sha256' good.json)")
chmod u+w "$object"
printf 'X' | dd of="$object" bs=1 seek=200 conv=notrunc 2>/dev/null
expect 4 albs-test good.json
expect_empty_stdout
expect_stderr "albs-test: error: 'whole-1-1.noarch': "
rm -f "$object"
expect 3 albs-test good.json
expect_empty_stdout
