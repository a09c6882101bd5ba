# SPDX-License-Identifier: GPL-3.0-or-later
# Headers that are not UTF-8, files that are not at hand, failed tasks, damaged stores: said, escaped or refused.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/sbom.sh"
make_packages
make_manifest "$srpm" "$binary" "$data"

# Latin-1 in a header, a name with a plus sign.
printf 'Name: odd+plus\nVersion: 1\nRelease: 1\nSummary: Sm\370rrebr\370d\nLicense: Made up (see "COPYING")\nBuildArch: noarch\n%%description\nxy\n%%files\n' >odd.spec
rm -rf rpms/* top/RPMS top/SRPMS
SOURCE_DATE_EPOCH=1700000000 rpmbuild --quiet --define "_topdir $PWD/top" --define \
    '_invalid_encoding_terminates_build 0' -bb odd.spec >"$out" 2>"$err" || fail 'rpmbuild'
find top -name '*.rpm' -exec cp {} odd.rpm \;
expect 0 albs-sbom odd.rpm
expect_no_stderr
expect_json '.metadata.component.description' 'Sm\xf8rrebr\xf8d'
expect_json '.metadata.component.purl' 'pkg:rpm/odd%2Bplus@1-1?arch=noarch&upstream=odd%2Bplus-1-1.src.rpm'
expect_json '.metadata.component.licenses[0].license.name' 'Made up (see "COPYING")'
expect_json '.metadata.component | has("cpe")' false
cp "$out" odd.cdx.json
expect 0 albs-sbom --format spdx odd.rpm
expect_json '.packages[0].licenseDeclared' LicenseRef-Made-up-see-COPYING
expect 0 albs-sbom verify odd.cdx.json odd.rpm

# Without its files a manifest says what it can.
expect 0 albs-sbom build.json --workspace none
expect_stderr 'albs-sbom: warning: .*: the file is not at hand: licence, files and dependencies are unknown'
expect_json '[.components[] | has("licenses")] | any' false
expect_json '[.compositions[] | select(.aggregate == "unknown") | .dependencies // [] | length] | add' 2
[ ! -e none ] || fail 'it made a workspace'

# What failed is not shipped, and not forgotten.
jq -c '.tasks[0].status = "failed" | .tasks[0].reason = {phase: "check", kind: "test", message: "1 of 9 tests failed", log: null, offset: null}' build.json >failed.json
expect 1 albs-sbom failed.json
expect_stderr 'albs-sbom: warning: .*left out: the task is failed'
expect_json '[.components[].purl | contains("arch=src")] | all'
expect_json '.metadata.properties[] | select(.name == "albs:left-out").value' \
    'greet@0123456789ab/almalinux-9/x86_64: failed: 1 of 9 tests failed'

expect 3 albs-sbom --package nothing build.json
expect_stderr "^albs-sbom: error: no package 'nothing' in the input"
expect_empty_stdout
# A damaged object of the store.
digest=$(jq -r '.artifacts[1].sha256' build.json)
chmod u+w ".albs/store/sha256/$(printf %.2s "$digest")/$digest"
printf X >>".albs/store/sha256/$(printf %.2s "$digest")/$digest"
expect 4 albs-sbom build.json
expect_empty_stdout
expect_stderr '^albs-sbom: error: store object .* was changed'
# A damaged package: one byte of its payload, or its end.
expect 0 albs-sbom odd.rpm
cp "$out" whole.cdx.json
python3 -c 'import sys
data = bytearray(open("odd.rpm", "rb").read())
data[-20] ^= 1
open("flipped.rpm", "wb").write(data)
open("cut.rpm", "wb").write(data[:-5])'
for damaged in flipped.rpm cut.rpm; do
    expect_refusal 4 "the payload of '$damaged' is not what its header says" albs-sbom $damaged
    expect 1 albs-sbom verify whole.cdx.json $damaged
    expect_stdout "^false.*$damaged.*the payload of '$damaged' is not what its header says"
done
printf 'not a package' >text.rpm
expect 3 albs-sbom text.rpm
expect_empty_stdout
