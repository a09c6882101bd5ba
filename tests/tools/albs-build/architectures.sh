# SPDX-License-Identifier: GPL-3.0-or-later
# A package that is not for an architecture is skipped there, which is no failure; an architecture whose programs
# nothing here runs is one error, before anything is fetched.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
preamble="ExcludeArch: $(uname -m)" spec elsewhere
source_package elsewhere
manifest_of elsewhere >elsewhere.json
expect_from 0 elsewhere.json albs-build
expect_json '.tasks[0] | "\(.status) \(.reason.kind) \(.reason.message) \(.log) \(.artifacts)"' \
    "skipped arch ExcludeArch names $(uname -m) null []"
preamble="ExclusiveArch: vax" spec old
source_package old
manifest_of old >old.json
expect_from 0 old.json albs-build
expect_stderr "skipped in setup (arch): ExclusiveArch does not name $(uname -m)"
expect_json '.tasks[0].status' skipped

cat >vax.yaml <<'END'
- name: museum
  type: rpm
  distr_type: rhel
  distr_version: '1'
  arch_list: [vax]
  data: {mock: {chroot_setup_cmd: 'install bash'}}
  repositories: [{name: base, arch: vax, type: rpm, url: 'file:///nonexistent'}]
END
package plain
expect_from 5 plain.json albs-build --platforms vax.yaml --platform museum
expect_stderr "^albs-build: error: nothing on this machine ($(uname -m)) runs programs of architecture 'vax'"
expect_stderr '^albs-build: hint: install qemu-user-static, or build on a machine of that architecture'
expect_empty_stdout
