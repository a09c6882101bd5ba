# SPDX-License-Identifier: GPL-3.0-or-later
# Everyday failures, each with the phase, the kind and the first line of its cause. Most are made by the real program;
# where it may not be installed here, its words are printed.
. "$ALBS_SOURCE/tests/lib.sh"
mkdir corpus
# t NAME PHASE KIND PATTERN SECTION SCRIPT: SCRIPT stands in that section of the spec, or is its list of files, or more
# lines of its preamble. PATTERN (grep) is in the message.
t() {
    mkdir "corpus/$1"
    prep='' build='' install='' check='' files='/usr/share/x' preamble=''
    case $5 in
    prep) prep=$6 ;;
    build) build=$6 ;;
    install) install=$6 ;;
    check) check=$6 ;;
    files) files=$6 ;;
    *) preamble=$6 ;;
    esac
    printf '%s\n' "Name: $1" 'Version: 1' 'Release: 1' 'Summary: x' "${license-License: MIT}" 'BuildArch: noarch' \
        "$preamble" '%description' x '%prep' "$prep" '%build' "$build" '%install' \
        'mkdir -p %{buildroot}/usr/share; echo x >%{buildroot}/usr/share/x' "$install" '%check' "$check" '%files' \
        "$files" | sed '/^$/d' >"corpus/$1/$1.spec"
    printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" >>expected
}
words() { printf 'cat <<"END"\n%s\nEND\nexit 1\n' "$1"; }

t patch-hunk prep patch 'Hunk #1 FAILED at 1' prep 'echo b >f
printf -- "--- f\n+++ f\n@@ -1 +1 @@\n-a\n+c\n" | patch -p0'
t patch-garbage prep patch 'Only garbage was found' prep 'echo x | patch -p1'
t patch-git prep patch 'patch failed: f:1' prep 'echo b >f; git init -q .
printf -- "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+c\n" | git apply'
t prep-directory prep spec 'cd: nothere: No such file' prep 'cd nothere'
t prep-program prep dependency 'no-such-unpacker: command not found' prep 'no-such-unpacker x'
t prep-memory prep memory 'Cannot allocate memory' prep "$(words 'tar: Cannot allocate memory')"
t c-error build compile "x.c:1:.*nothing" build 'echo "int main(void) { return nothing; }" >x.c; gcc x.c'
t c-header build dependency 'no/such.h: No such file' build 'echo "#include <no/such.h>" >x.c; gcc -c x.c'
t c-link build compile 'undefined reference to .frob' build 'echo "int frob(void); int main(void) { return frob(); }" >x.c; gcc x.c'
t c-library build dependency 'cannot find -lnothere' build 'echo "int main(void) { return 0; }" >x.c; gcc x.c -lnothere'
t c-twice build compile 'multiple definition of' build 'echo "int x(void) { return 0; }" >x.c; cp x.c y.c; echo "int main(void) { return 0; }" >m.c; gcc -o m m.c x.c y.c'
t c-werror build compile 'x.c:1:.*Werror' build 'echo "int main(void) { int unused; return 0; }" >x.c; gcc -Wall -Werror x.c'
t asm build compile 'x.s:1: Error: ' build 'echo nonsense >x.s; as x.s'
t pkg-config build dependency 'nothere' build 'pkg-config --cflags nothere'
t configure build dependency 'requirements .glib-2.0' build "$(words 'checking for GLIB... no
configure: error: Package requirements (glib-2.0 >= 2.56) were not met:')"
t configure-words build compile 'configure: error: the weather' build "$(words 'configure: error: the weather is bad')"
t cmake build dependency 'libfoo 2.0 is required' build "$(words 'CMake Error at CMakeLists.txt:3 (message):
  libfoo 2.0 is required

-- Configuring incomplete, errors occurred!')"
t cmake-find build dependency 'Could NOT find ZLIB' build "$(words 'CMake Error at /usr/share/cmake/FindPackageHandleStandardArgs.cmake:230 (message):
  Could NOT find ZLIB (missing: ZLIB_LIBRARY)')"
t cmake-code build compile 'Parse error' build "$(words 'CMake Error at CMakeLists.txt:4:
  Parse error.  Expected a command name, got unquoted argument')"
t meson build dependency 'Dependency .glib-2.0. not found' build "$(words 'meson.build:12:0: ERROR: Dependency "glib-2.0" not found, tried pkgconfig')"
t meson-code build compile 'meson.build:3:0: ERROR: Unknown' build "$(words 'meson.build:3:0: ERROR: Unknown variable "x".')"
t ninja build compile 'ninja: error: loading' build "$(words "ninja: error: loading 'build.ninja': No such file or directory")"
t make-rule build compile 'No rule to make target .nothere.c' build 'echo "all: nothere.c" >Makefile; make'
t make-separator build compile 'missing separator' build 'printf "all:\n    x\n" >Makefile; make'
t make-program build dependency 'no-such-tool' build 'printf "all:\n\tno-such-tool\n" >Makefile; make'
t python-module build dependency 'No module named .nosuch' build 'python3 -c "import nosuch"'
t python-code build compile 'SyntaxError' build 'echo "def" >x.py; python3 x.py'
t perl-module build dependency "Can't locate No/Such.pm" build 'perl -e "use No::Such"'
t ruby build dependency 'cannot load such file -- nosuch' build "$(words "<internal:require>: in 'require': cannot load such file -- nosuch (LoadError)")"
t macro build dependency 'macro %pyproject_wheel is not defined' build '%%pyproject_wheel'
t shell-syntax build spec 'syntax error' build 'if true; then'
t shell-false build compile '+ false' build 'false'
t shell-words build compile 'no luck today' build 'echo "no luck today"; exit 3'
t interpreter build dependency 'bad interpreter\|required file not found' build 'printf "#!/no/such/shell\n" >x; chmod +x x; ./x'
t resolve build network 'Temporary failure\|not known' build 'python3 -c "import socket; socket.gethostbyname(\"example.org\")"'
t git-clone build network 'resolve host' build 'git clone https://example.org/x.git'
t unreachable build network 'Network is unreachable' build 'python3 -c "import socket; socket.create_connection((\"192.0.2.1\", 80))"'
t go-modules build network 'dial tcp: lookup' build "$(words 'go: example.org/x@v1.0.0: Get "https://proxy.example.org/x": dial tcp: lookup proxy.example.org: no such host')"
t go-package build dependency 'no required module provides' build "$(words 'main.go:4:2: no required module provides package example.org/x; to add it:')"
t cargo build dependency 'no matching package named' build "$(words 'error: no matching package named `serde` found
location searched: registry `crates-io`
As a reminder, you are using offline mode')"
t rust-code build compile 'error.E0425' build "$(words 'error[E0425]: cannot find value `x` in this scope
 --> src/main.rs:2:5')"
t maven build dependency 'Could not resolve dependencies' build "$(words '[INFO] BUILD FAILURE
[ERROR] Failed to execute goal on project x: Could not resolve dependencies for project x: Cannot access central in offline mode')"
t java-code build compile "X.java:3: error: ';' expected" build "$(words "X.java:3: error: ';' expected")"
t npm build dependency "Cannot find module 'left-pad'" build "$(words "Error: Cannot find module 'left-pad'")"
t pip build dependency 'Could not find a version' build "$(words 'ERROR: Could not find a version that satisfies the requirement setuptools>=40.8.0 (from versions: none)')"
t killed-compiler build memory 'Killed signal' build "$(words 'gcc: fatal error: Killed signal terminated program cc1plus')"
t killed-linker build memory 'signal 9' build "$(words 'collect2: fatal error: ld terminated with signal 9 [Killed]')"
t bad-alloc build memory 'bad_alloc' build "$(words "terminate called after throwing an instance of 'std::bad_alloc'")"
t python-memory build memory 'MemoryError' build 'python3 -c "raise MemoryError"'
t fork build memory 'fork: retry' build "$(words 'sh: fork: retry: Resource temporarily unavailable')"
t full build disk 'No space left on device' build 'cat /etc/passwd >/dev/full'
t quota build disk 'Disk quota exceeded' build "$(words "cp: error writing 'x': Disk quota exceeded")"
t configure-talks build compile 'x.c:1:.*nothing' build 'echo "checking for ENOSPC... No space left on device"
echo "int main(void) { return nothing; }" >x.c; gcc x.c'
t install-missing install spec "cannot stat 'nothere'" install 'cp nothere %{buildroot}/'
t install-outside install spec 'Read-only\|cannot create' install 'mkdir /usr/bin/x'
t install-rule install spec 'No rule to make target .install' install 'echo "all:" >Makefile; make install'
t install-desktop install spec 'value foo for key' install "$(words 'x.desktop: error: value foo for key Categories')"
t test-automake check test 'FAIL: arithmetic' check "$(words 'PASS: one
FAIL: arithmetic')"
t test-tap check test 'not ok 2 - b' check "$(words 'ok 1 - a
not ok 2 - b')"
t test-ctest check test 'Test #3: store' check "$(words '2/9 Test #2: load ....   Passed    0.20 sec
3/9 Test #3: store ....***Failed    0.20 sec')"
t test-pytest check test 'FAILED tests/test_a.py' check "$(words 'tests/test_a.py .F
FAILED tests/test_a.py::test_b - assert 1 == 2')"
t test-unittest check test 'FAIL: test_a' check "$(words 'FAIL: test_a (x.T)
FAILED (failures=1)')"
t test-go check test 'FAIL: TestX' check "$(words '--- PASS: TestW (0.00s)
--- FAIL: TestX (0.00s)')"
t test-cargo check test 'test a ... FAILED' check "$(words 'test b ... ok
test a ... FAILED')"
t test-assert check test 'Assertion .x' check 'echo "#include <assert.h>
int main(void) { int x = 0; assert(x); }" >x.c; gcc x.c; ./a.out'
t test-segfault check test 'Segmentation fault' check 'sh -c "kill -SEGV \$\$"'
t test-memory-passes check test 'FAIL: sums' check "$(words 'malloc: Cannot allocate memory
PASS: enomem
FAIL: sums')"
t test-disk-passes check test 'not ok 2' check "$(words 'ok 1 - write: No space left on device
not ok 2 - sums')"
t test-network-passes check test 'test_sums ... FAIL' check "$(words 'test_offline (Could not resolve host: example.org) ... ok
test_sums ... FAIL')"
t test-program check dependency 'no-such-runner: command not found' check 'no-such-runner'
t test-network check network 'Temporary failure\|not known' check 'python3 -c "import socket; socket.gethostbyname(\"example.org\")"'
t files-too-many package unpackaged '/usr/share/y' install 'echo y >%{buildroot}/usr/share/y'
t files-missing package spec 'File not found: .*/usr/share/y' files '/usr/share/x
/usr/share/y'
t license-missing package license 'COPYING' files '/usr/share/x
%license COPYING'
t doc-missing package spec 'README' files '/usr/share/x
%doc README'
t unknown-tag srpm spec 'Unknown tag: Nonsense' preamble 'Nonsense: x'
t no-source srpm spec 'absent.tar' preamble 'Source0: absent.tar'
license='' t no-license srpm spec 'License field must be present' preamble ''

albs-fetch -q -o all.json corpus/* || fail 'not fetched'
expect 1 albs-build -q all.json
total=0 right=0
while IFS='	' read -r name phase kind pattern; do
    total=$((total + 1))
    said=$(jq -r --arg name "$name" '.tasks[] | select(.source | startswith($name + "@")) | .reason |
        "\(.phase) \(.kind)\t\(.message)"' "$out")
    if [ "${said%%	*}" = "$phase $kind" ] && printf '%s\n' "${said#*	}" | grep -q -e "$pattern"; then
        right=$((right + 1))
    else
        echo "$name: wanted '$phase $kind: $pattern', it said '$said'" >>wrong
    fi
done <expected
echo "$right of $total failures are told right"
[ "$right" = "$total" ] && [ "$total" -ge 60 ] || fail "$(cat wrong)"
