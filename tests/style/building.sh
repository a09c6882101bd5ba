# SPDX-License-Identifier: GPL-3.0-or-later
# What each goal of the Makefile installs, configures and builds; where the version stands.
. "$ALBS_SOURCE/tests/lib.sh"
command -v make >/dev/null || skip 'make is not installed'

# Packages: a purpose has those of the one before it, and the demo nothing that only tests want.
expect 2 sh "$ALBS_SOURCE/packaging/deps.sh"
expect_empty_stdout
expect_stderr 'usage: deps.sh'
expect 2 sh "$ALBS_SOURCE/packaging/deps.sh" --list tests
for purpose in build demo check; do
    expect 0 sh "$ALBS_SOURCE/packaging/deps.sh" --list $purpose
    sort "$out" >$purpose
    [ -z "$(uniq -d $purpose)" ] || fail "$purpose names twice: $(uniq -d $purpose)"
done
[ -z "$(comm -23 build demo)" ] && [ -z "$(comm -23 demo check)" ] || fail 'a purpose lacks what the one before it has'
for program in zsh fish bash-completion bats gdb strace shellcheck ShellCheck mandoc doctest-dev doctest-devel \
    python3-pytest fakeroot; do
    ! grep -qx $program demo || fail "the demo wants $program"
done
for program in zsh fish bats gdb strace mandoc; do grep -qx $program check || fail "the tests do without $program"; done

# goal NAME: the commands of `make NAME` for a fresh checkout, in $out.
goal() { expect 0 make -n -C "$ALBS_SOURCE" --no-print-directory BUILD="$work/none" "$1"; }
for name in build install bench; do
    goal $name
    ! grep -qE 'deps\.sh|apt-get|dnf' "$out" || fail "make $name calls a package manager"
done
goal deps
expect_stdout 'deps.sh demo$'
goal demo
expect_stdout 'deps.sh demo$'
expect_stdout '-DBUILD_TESTING=OFF'
expect_stdout '--target tools$'
goal check
expect_stdout 'deps.sh check$'
expect_stdout '-DBUILD_TESTING=ON'
# So that the second of demo and check compiles what the first did not.
! grep -q 'CMAKE_CXX_FLAGS\|CMAKE_BUILD_TYPE' "$ALBS_SOURCE/Makefile" || fail 'goals of make have flags of their own'
# shellcheck disable=SC2046
! grep -nwE 'apt-get|dnf|yum|deps\.sh' \
    $(find "$ALBS_SOURCE" -name build -prune -o -name CMakeLists.txt -print -o -name '*.cmake' -print) >"$out" ||
    fail 'the build calls a package manager'

# Options of CMake: what a build without tests and benches configures, it does without doctest.
expect 0 cmake -S "$ALBS_SOURCE" -B tools-only -G Ninja -DBUILD_TESTING=OFF -DCMAKE_DISABLE_FIND_PACKAGE_doctest=ON \
    -Wno-dev --log-level=WARNING
expect 0 ninja -C tools-only -t targets all
! grep -qE '^(unit|albs-echo|bench-programs|tests/)' "$out" ||
    fail 'a build without tests has targets of tests or benches'
expect_stdout '^tools: phony'
expect 0 ninja -C tools-only -t commands tools
! grep -qE 'man/|completions/' "$out" || fail 'the tools want pages or completions'
expect_stdout '-o tools/albs-fetch '
expect_stdout '-o lib/albs/albs-git.so '

# The version: once.
version=$(sed -n 's/^project(albs VERSION \([0-9.]*\) .*/\1/p' "$ALBS_SOURCE/CMakeLists.txt")
[ -n "$version" ] || fail 'CMakeLists.txt has no version'
grep -rnF "$version" "$ALBS_SOURCE" --include='*.cpp' --include='*.hpp' --include='*.cmake' --include='*.in' --include=CMakeLists.txt \
    --include=Makefile --include='*.scd' --exclude-dir=build --exclude-dir=demo | grep -v ':project(albs' >"$out"
[ ! -s "$out" ] || fail "the version stands in more than CMakeLists.txt"
