# SPDX-License-Identifier: GPL-3.0-or-later
# Source packages are made with the definitions of a platform of a file, and of its flavors.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
cat >platforms.yaml <<'YAML'
- {name: Example-9, type: rpm, distr_type: rhel, distr_version: '9', arch_list: [x86_64], data: {definitions: {vendor: Example, word: plain}}}
- {name: wordy, data: {definitions: {word: flavored}}}
YAML
mkdir it
printf 'Name: it\nVersion: 1\nRelease: 1\nSummary: %%{word}\nLicense: MIT\n%%description\nx\n' >it/it.spec
albs-fetch it -q -o it.json || fail 'not fetched'
said() { rpm -qp --nosignature --qf '%{vendor} %{summary}' out/it-1-1.src.rpm; }
srpm() {
    srpm_status=$1
    shift
    expect "$srpm_status" albs-build srpm it.json --platforms platforms.yaml --output out --platform "$@"
}
srpm 0 example-9
[ "$(said)" = 'Example plain' ] || fail "the package says '$(said)'"
# A task of its own, which a build of the same manifest does not take for its.
expect_json '.tasks | length == 1 and (.[0] | .arch == "src" and .status == "ok" and (.id | endswith("/Example-9/src")))'
expect_json '.tasks[0] | .artifacts == [.srpm] and (.source_date_epoch == 1)'
expect_json '[.artifacts[].kind] | sort | join(" ")' 'buildroot platform source-tree srpm'
cp "$out" made.json
srpm 0 example-9 --flavor wordy
[ "$(said)" = 'Example flavored' ] || fail "the package says '$(said)'"
expect 2 albs-build srpm it.json --platform example-9
expect_stderr "there is no platform 'example-9'"
srpm 2 example-9 --flavor nothing
expect_stderr "there is no flavor 'nothing'"
# What is there is not made again, and times are those of then.
expect 0 albs-build srpm it.json --platforms platforms.yaml --platform example-9
[ "$(jq -c .tasks "$out")" = "$(jq -c .tasks made.json)" ] || fail 'made again'
expect 0 albs-build -n srpm it.json
expect_stderr 'would make the source package'
