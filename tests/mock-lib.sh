# SPDX-License-Identifier: GPL-3.0-or-later
# For tests of the backend mock, which Debian does not package: a program `mock` that keeps its words, its environment
# and its configuration in called/, and leaves in --resultdir what mock would. called/says is run for the result, with
# $srpm and $result: it rebuilds the source package unless a test writes another. called/packs is that for --buildsrpm,
# with $spec, $sources and $result.
# Sourced after lib.sh and build-lib.sh.
cat >example.yaml <<'YAML'
- name: Example-9
  type: rpm
  distr_type: rhel
  distr_version: '9'
  arch_list: [x86_64, aarch64, i686, ppc64le, s390x, riscv64]
  data:
    definitions: {vendor: Example, packager: Someone <someone@example.org>}
    mock_dist: el9
    timeout: 600
    yum: {best: true, module_platform_id: 'platform:el9'}
    mock:
      chroot_setup_cmd: install bash example-release
      dnf_common_opts: [--allowerasing]
      releasever: '9'
      environment: {DFLTCC: '0'}
      macros: {'%quoted': 'a "b" \c'}
  repositories:
YAML
for arch in x86_64 aarch64 i686 ppc64le s390x riscv64; do
    echo "    - {name: example-base, arch: $arch, type: rpm, url: 'http://repo.example.org/9/$arch/'}" >>example.yaml
done
echo "- {name: nobest, data: {mock: {dnf_common_opts: [--nobest]}}}" >>example.yaml
mkdir -p bin called
cat >bin/mock <<'SH'
#!/bin/sh
for word; do printf '%s\n' "$word"; done >"$MOCK_CALLED/words"
env >"$MOCK_CALLED/environment"
while [ $# -gt 0 ]; do
    case $1 in
    --configdir) configdir=$2 ;;
    --root) root=$2 ;;
    --rebuild) srpm=$2 ;;
    --spec) spec=$2 ;;
    --sources) sources=$2 ;;
    --resultdir) result=$2 ;;
    --define) defines="$defines -D '$2'" ;;
    esac
    shift
done
cp "$configdir/$root.cfg" "$MOCK_CALLED/root.cfg"
cp "$configdir/site-defaults.cfg" "$MOCK_CALLED/"
[ -z "$spec" ] || { . "$MOCK_CALLED/packs"; exit; }
echo "Start: rebuild of $(basename "$srpm")" >&2
. "$MOCK_CALLED/says"
SH
chmod +x bin/mock
cat >called/says <<'SH'
echo 'DEBUG: Executing command' >"$result/root.log"
eval "rpmbuild --rebuild --nodeps $defines" '-D "_topdir $result/top" -D "_sourcedir $result/s" -D "_specdir $result/s" -D "build_ldflags %{nil}" "$srpm" >"$result/build.log" 2>&1' || exit 10
cp "$srpm" "$result/"
mv "$result"/top/RPMS/*/*.rpm "$result/"
SH
cat >called/packs <<'SH'
echo 'DEBUG: Executing command' >"$result/root.log"
eval "rpmbuild -bs --nodeps $defines" '-D "_topdir $result/top" -D "_sourcedir $sources" -D "_srcrpmdir $result" -D "made_by mock" "$spec" >"$result/build.log" 2>&1' || exit 10
SH
# Tools pass on what of the environment they know, so the place is written into the program.
sed -i "s|\$MOCK_CALLED|$PWD/called|g" bin/mock
PATH=$PWD/bin:$PATH
# config EXPRESSION: what Python sees in config_opts once mock's files were executed is this.
config() {
    cat >check.py <<'PY'
import collections, configparser, sys
config_opts = {"plugin_conf": collections.defaultdict(lambda: {"dirs": []}), "macros": {}, "environment": {}}
for name in ("called/site-defaults.cfg", "called/root.cfg"):
    exec(open(name).read())
dnf = configparser.ConfigParser(interpolation=None)
dnf.read_string(config_opts["yum.conf"])
sys.exit(not eval(sys.argv[1]))
PY
    python3 check.py "$1" || fail "not so in mock's configuration: $1: $(cat called/root.cfg)"
}
