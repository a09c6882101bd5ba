# SPDX-License-Identifier: GPL-3.0-or-later
# reproduce --vary changes time zone, host name, path, locale, the order of names in directories, number of jobs and
# umask, and finds a smallest set of them that shows in the packages; what does not show is no cause.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
# stamped NAME COMMAND: a package that has what the command says.
stamped() {
    build="$2 >stamp" install="install -D -m 644 stamp %\{buildroot\}%\{_bindir\}/$1
install -D -m 644 stamp %\{buildroot\}%\{_docdir\}/$1/stamp" check='' spec "$1"
    sed -i 's/^Summary: A package/BuildArch: noarch\nSummary: A package/' "$1.spec"
    source_package "$1"
    manifest_of "$1" >"$1.json"
    expect_from 0 "$1.json" albs-build
    cp "$out" "$1-built.json"
}
# causes WORDS NAME CAUSES: of these surroundings, those show.
causes() {
    status=1
    [ -n "$3" ] || status=0
    expect_from $status "$2-built.json" albs-build reproduce --vary "$1"
    expect_json '"by " + (.tasks[0].variation.causes | join(","))' "by $3"
    expect_json '.tasks[0] | .same' true # in surroundings of always
}
stamped calm 'echo always'
causes all calm ''
order=order,
grep -q 'warning: .*the order of names in directories is not varied' "$err" && order=
expect_json '.tasks[0].variation.varied | join(",")' "host,jobs,locale,${order}path,time,umask"
expect_json '[.tasks[0].variation.packages[].verdict | select(. != "identical" and . != "metadata")] | length' 0
stamped named 'uname -n'
causes all named host
expect_json '[.tasks[0].variation.packages[] | select(.verdict == "differs").file] | sort | first' \
    "$(rpm --eval %_bindir)/named"
causes locale,umask,jobs named ''
stamped zoned 'date +%%Z'
causes all zoned time
stamped spoken 'locale 2>/dev/null | grep LC_CTYPE'
causes locale spoken locale
stamped parallel 'echo %\{_smp_build_ncpus\}'
causes host,jobs parallel jobs
stamped placed 'pwd'
causes path,time placed path
stamped listed '(mkdir names && cd names && touch a b c d e f g h i j k l m n o p && ls -U)'
if [ -n "$order" ]; then
    causes all listed order
    expect_json '[.tasks[0].variation.packages[] | select(.verdict == "differs").what] | first' contents
else
    echo 'not tried: this disk lists names as memory does'
fi
causes host,path,umask listed ''
# One of two is enough to show, both are named only where both are needed.
stamped both '(test "$(uname -n)" = localhost || test "$TZ" = UTC) && word=usual || word=unusual; echo $word'
causes all both host,time
# What differs by itself is not looked into.
stamped moody 'date +%%s%%N'
expect_from 1 moody-built.json albs-build reproduce --vary all
expect_json '.tasks[0] | .same, has("variation")' "$(printf 'false\nfalse')"
for words in moon host,moon; do
    expect 2 albs-build reproduce --vary $words calm-built.json
    expect_empty_stdout
    expect_stderr "error: --vary: '.*' is nothing that can be varied"
done
