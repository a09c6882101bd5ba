# SPDX-License-Identifier: GPL-3.0-or-later
# What was signed, tested and notarized becomes a repository that dnf lists and installs from with both checks on.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
command -v dnf >/dev/null || skip 'no dnf'

make_signer
signed_package hello 1.0 signed.json
expect_from 0 signed.json albs-release --to repo --name demo --key "$key"
expect_stderr 'published 4 files'
expect_json '[.releases[].repository] | sort | join(" ")' "source $arch/debug $arch/os"
expect_json '.releases[] | select(.repository == "source") | .packages[0].path' 'Packages/h/hello-1.0-1.src.rpm'
expect_json "[.releases[] | .key == \"$key\" and .previous == null and .waived == null] | all"
keep_manifest "$out"
for file in repo/*/*/repodata/repomd.xml repo/source/repodata/repomd.xml; do
    gpg --quiet --batch --verify "$file.asc" "$file" 2>"$err" || fail "signature of $file"
    jq -e --arg sha256 "$(sha256sum <"$file" |
        cut -d' ' -f1)" '[.releases[].repomd_sha256] | index($sha256)' "$out" >/dev/null || fail "no record of $file"
done
expect 0 find repo/ -name '*.rpm' -printf '%P\n'
sort "$out" >names
printf '%s\n' "$arch/debug/Packages/h/hello-debuginfo-1.0-1.$arch.rpm" "$arch/os/Packages/h/hello-1.0-1.$arch.rpm" \
    "$arch/os/Packages/h/hello-doc-1.0-1.noarch.rpm" source/Packages/h/hello-1.0-1.src.rpm | sort >wanted
same names wanted
grep -qx gpgcheck=1 repo/demo.repo && grep -qx repo_gpgcheck=1 repo/demo.repo ||
    fail 'demo.repo does not ask for checks'

expect 0 dnf_with repo/demo.repo -q repoquery --qf '%{name}-%{version} %{repoid}'
sort "$out" >names
printf '%s\n' 'hello-1.0 demo' 'hello-doc-1.0 demo' >wanted
same names wanted
expect 0 dnf_with repo/demo.repo install hello
expect 0 rpm --root "$work/root" -q hello
[ -f root/usr/share/hello/hello.txt ] || fail 'nothing was installed'
expect 0 dnf_with repo/demo.repo -q --enablerepo=demo-debuginfo,demo-source repoquery --qf '%{name}.%{arch}' 'hello*'
grep -qx "hello-debuginfo.$arch" "$out" && grep -qx hello.src "$out" || fail 'no debug or source repository'
