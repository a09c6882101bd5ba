# SPDX-License-Identifier: GPL-3.0-or-later
# Every way in which a package fails is told in the manifest: phase, kind, first cause, place in the log. Exit status 1.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
# failed NAME PHASE KIND MESSAGE: builds the package as spec() wrote it.
failed() {
    source_package "$1"
    manifest_of "$1" >"$1.json"
    expect_from 1 "$1.json" albs-build -q
    expect_stderr "warning: .*failed in $2 ($3): "
    expect_json '.tasks[0] | "\(.status) \(.reason.phase) \(.reason.kind)"' "failed $2 $3"
    jq -r '.tasks[0].reason.message' "$out" | grep -q "$4" ||
        fail "the message is '$(jq -r '.tasks[0].reason.message' "$out")', wanted '$4'"
    expect_json '[.artifacts[].kind] | join(" ")' "${artifacts:-srpm platform srpm buildroot log}"
    log=$(jq -r '.tasks[0].log' "$out")
    tail -c +$(($(jq '.tasks[0].reason.offset' "$out") + 1)) ".albs/store/sha256/$(printf %.2s "$log")/$log" |
        head -n 1 | grep -q "$4" ||
        fail "there is no '$4' at the offset in the log"
}
spec broken-code
echo 'int main(void) { return nothing; }' >broken-code.c
failed broken-code build compile "broken-code.c:1:.*error: .*nothing.* undeclared"

build='no-such-compiler x.c' spec lacks-program
failed lacks-program build dependency 'no-such-compiler: command not found'

echo '#include <no/such/header.h>' >lacks-header.c
spec lacks-header
echo '#include <no/such/header.h>' >lacks-header.c
failed lacks-header build dependency 'fatal error: no/such/header.h: No such file'

check='echo "FAIL: arithmetic"; false' spec bad-test
failed bad-test check test 'FAIL: arithmetic'

files='' install='install -D forgotten %{buildroot}%{_bindir}/forgotten
install -D forgotten.c %{buildroot}%{_docdir}/forgotten/forgotten.c' spec forgotten
failed forgotten package unpackaged '/usr/bin/forgotten'

files='/usr/bin/absent' spec not-there
failed not-there package spec 'File not found: .*/usr/bin/absent'

preamble='Patch0: late-patch.patch' prep='%setup -q -T -c
cp %{SOURCE0} .
%patch0 -p1' spec late-patch
printf -- '--- a/late-patch.c\n+++ b/late-patch.c\n@@ -1,2 +1,2 @@\n-int wrong;\n-int lines;\n+int other;\n+int text;\n' >late-patch.patch
failed late-patch prep patch 'Hunk #1 FAILED at 1'

# A spec that cannot be read where the sandbox reads it: it needs a file that is only here.
spec unreadable
sed -i '1i %if 0%{?_sandboxed:1}\n%endif\n%if 0%(test -e '"$work"' \&\& echo 1) == 0\nBroken line\n%endif' \
    unreadable.spec
artifacts='srpm platform log' failed unreadable srpm spec 'line [0-9]*: Unknown tag: Broken line'
