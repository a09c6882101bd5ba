# SPDX-License-Identifier: GPL-3.0-or-later
# A second run gives the same bytes without running rpm again; so does the stage over its own result.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

build_packages <<'SPEC'
Name: again
Version: 1
Release: 1
Summary: Its scriptlet fails in its own way every time
License: MIT
BuildArch: noarch
%description
Again.
%install
mkdir -p %{buildroot}/usr/share/again
%post
od -An -N8 -tx8 /dev/urandom
exit 1
%files
/usr/share/again
SPEC
built_manifest rpms/again-1-1.noarch.rpm >built.json
expect 1 albs-test built.json
cp "$out" first.json
expect 1 albs-test built.json
same first.json "$out"
# Without bubblewrap nothing can be installed, and nothing is.
mkdir path
for program in /usr/bin/* /bin/*; do
    case ${program##*/} in bwrap) ;; *) ln -sf "$program" path/ ;; esac
done
expect 1 env PATH="$ALBS_BIN:$work/path" albs-test built.json
same first.json "$out"
# Results that are there are kept, and not said twice.
expect 1 albs-test first.json
[ "$(jq -c .tests "$out")" = "$(jq -c .tests first.json)" ] || fail 'tests were added or changed'
# With other options it is another question.
printf 'again install it is known\n' >skip
expect 1 albs-test --skip skip built.json
expect_stderr 'not tested: it is known'
expect_test skip install again '^it is known$'
