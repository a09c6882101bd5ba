# SPDX-License-Identifier: GPL-3.0-or-later
# reproduce builds again what a manifest says was built, by the task's own options, and tells how the packages differ.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
package greet
expect_from 0 greet.json albs-build --define 'dist .el9'
cp "$out" built.json
expect_from 0 built.json albs-build reproduce
expect_stderr 'came out the same'
expect_json '.schema == "albs.reproduction/1" and (.tasks | length == 1) and .tasks[0].same and .tasks[0].same_toolchain'
expect_json '[.tasks[0].packages[].verdict] | unique | join(" ")' identical
expect_json '[.tasks[0].packages[].name] | index("greet-1.0-1.el9.src.rpm") != null'

# A package that depends on when it was built.
build='date +%%s%%N >stamp
cp stamp stamp.c
%\{__cc\} -x c -o moody - </dev/null || :
echo "int main(void) { return 0; }" >m.c
%\{__cc\} %\{optflags\} %\{build_ldflags\} m.c -o moody' install='install -D moody %\{buildroot\}%\{_bindir\}/moody
install -D -m 644 stamp %\{buildroot\}%\{_docdir\}/moody/stamp' check='' spec moody
source_package moody
manifest_of moody >moody.json
expect_from 0 moody.json albs-build
cp "$out" moody-built.json
expect_from 1 moody-built.json albs-build reproduce
expect_stderr 'came out different'
expect_json '[.tasks[0].packages[] | select(.verdict == "differs") | "\(.name) \(.file) \(.what)"] | join(" ")' \
    'moody-doc-1.0-1.noarch.rpm /usr/share/doc/moody/stamp contents'
expect_json '[.tasks[0].packages[] | select(.verdict == "differs").tags[]] | index("Filedigests") != null'
expect_json '[.tasks[0].packages[] | select(.name == "moody-1.0-1.src.rpm").verdict] | join(" ")' identical
