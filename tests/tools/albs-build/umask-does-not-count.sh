# SPDX-License-Identifier: GPL-3.0-or-later
# Whatever the umask of who builds: the sandbox can read what it is given, and the same bytes come out.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
. "$ALBS_SOURCE/tests/fixture/rpmautospec.sh"
plain_platform
mkdir -p it/SPECS it/SOURCES/deeper
# shellcheck disable=SC2016 # %(…) is for rpm; a word of time makes it be read under another clock, too
printf 'Name: it\nVersion: 1\nRelease: %%(echo 1; date >/dev/null)\nSummary: x\nLicense: MIT\nSource0: it.txt\nBuildArch: noarch\n%%description\nx\n%%install\ninstall -D %%{SOURCE0} %%{buildroot}/usr/share/it\n%%files\n/usr/share/it\n%%changelog\n* Sun Nov 16 2014 A <a@localhost> - 1-1\n- A test\n' \
    >it/SPECS/it.spec
echo words >it/SOURCES/it.txt
echo more >it/SOURCES/deeper/it.txt
autospec_repository counted
mkdir -p venv/bin && touch venv/pyvenv.cfg
stand_in_rpmautospec venv/bin/rpmautospec
PATH=$work/venv/bin:$PATH
SOURCE_DATE_EPOCH=1700000000
export SOURCE_DATE_EPOCH
for mask in 022 077; do
    rm -rf .albs/srpms .albs/needs .albs/tasks .albs/roots
    (
        umask $mask
        albs-fetch it "file://$work/counted#c9" 2>"$err" | albs-build --platforms test.yaml --platform test-9 \
            >"built.$mask" 2>"$err"
    ) || fail "umask $mask: $(cat "$err")"
    jq -c '[.tasks[] | del(.log, .isolation, .resources, .artifacts)], [.artifacts[] | select(.kind | endswith("rpm"))]' "built.$mask" >"what.$mask"
done
same what.022 what.077
