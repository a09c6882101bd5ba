# SPDX-License-Identifier: GPL-3.0-or-later
# Source packages are made with the definitions of a platform of a file, and of its flavors.
. "$ALBS_SOURCE/tests/lib.sh"
cat >platforms.yaml <<'YAML'
- {name: Example-9, type: rpm, distr_type: rhel, distr_version: '9', arch_list: [x86_64], data: {definitions: {vendor: Example, word: plain}}}
- {name: wordy, data: {definitions: {word: flavored}}}
YAML
mkdir it
printf 'Name: it\nVersion: 1\nRelease: 1\nSummary: %%{word}\nLicense: MIT\n%%description\nx\n' >it/it.spec
said() { rpm -qp --nosignature --qf '%{vendor} %{summary}' out/it-1-1.src.rpm; }
expect 0 albs-fetch it --platforms platforms.yaml --platform example-9 --output out
[ "$(said)" = 'Example plain' ] || fail "the package says '$(said)'"
expect 0 albs-fetch it --platforms platforms.yaml --platform example-9 --flavor wordy --output out
[ "$(said)" = 'Example flavored' ] || fail "the package says '$(said)'"
expect 2 albs-fetch it --platform example-9
expect_stderr "there is no platform 'example-9'"
expect 2 albs-fetch it --platforms platforms.yaml --platform example-9 --flavor nothing
expect_stderr "there is no flavor 'nothing'"
