# SPDX-License-Identifier: GPL-3.0-or-later
# Input that is no manifest: status 3 with line and column, and stdout stays empty.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"
needs_manifest

# refused PATTERN [FILTER...]: the manifest after the filter is refused and stderr says PATTERN.
refused() {
    pattern=$1
    expect_from 3 bad.json run
    expect_empty_stdout
    expect_stderr "^$tool: error: .*$pattern"
}
: >bad.json
refused 'empty'
expect_stderr 'hint: .*pipefail'
printf ' \n\t\r\n' >bad.json
refused 'empty'
# A stage that failed upstream is not swallowed, whatever the shell.
got=0
false | run >"$out" 2>"$err" || got=$?
[ "$got" = 3 ] || fail "after a failed stage the status is $got"
expect_empty_stdout

printf 'hello\n' >bad.json
refused 'line 1, column 1'
printf '[]\n' >bad.json
refused 'schema'
printf '{}\n' >bad.json
refused 'schema'
printf '"albs.manifest/1"\n' >bad.json
refused 'schema'
sed 's,albs.manifest/1,albs.manifest/2,' seed.json >bad.json
refused 'albs.manifest/2'
sed 's,"albs.manifest/1",1,' seed.json >bad.json
refused 'schema'
printf '{\n "schema": "albs.manifest/1",\n "schema": "albs.manifest/1"}' >bad.json
refused "line 3, column .*duplicate.*'schema'"
sed 's/"x-first":{/"x-first":{"b":1,/' seed.json >bad.json
refused "duplicate.*'b'"
sed 's/"b":\[1,/"b":[1,],[/' seed.json >bad.json
refused 'line 1, column'
for number in 1.0 1e3 0.5 9007199254740992 -9007199254740992 123456789012345678901234567890 01 +1 0x1 NaN Infinity .5 \
    1.; do
    sed "s/\"b\":\[1,/\"b\":[$number,/" seed.json >bad.json
    refused 'line 1, column'
done
for tail in x ',' '}' ']' '0' 'null'; do
    { cat seed.json; printf '%s' "$tail"; } >bad.json
    refused ''
done
# Bytes after the document, a NUL among them.
{ cat seed.json; printf '\000'; } >bad.json
refused ''
{ cat seed.json; printf '\000{"schema"'; } >bad.json
refused ''
{ printf '\357\273\277'; cat seed.json; } >bad.json
refused 'byte order mark'
# UTF-8: a stray byte, an overlong slash, a surrogate, beyond U+10FFFF, Latin-1.
for bytes in '\200' '\300\257' '\355\240\200' '\364\220\200\200' 'caf\351' '\000' '\001'; do
    { printf '{"schema":"albs.manifest/1","x":"'; printf "$bytes"; printf '"}'; } >bad.json
    refused 'line 1, column'
done
printf '{"schema":"albs.manifest/1","x":"\\ud800"}' >bad.json
refused 'line 1, column'
{ iconv -f UTF-8 -t UTF-16 seed.json; } >bad.json
refused ''
# Depth: the document itself is level one; 64 levels are read, 65 are not.
deep() { printf '{"schema":"albs.manifest/1","x":'; head -c "$1" /dev/zero | tr '\0' '['; head -c "$1" /dev/zero |
    tr '\0' ']'; printf '}\n'; }
deep 63 >good.json
expect_from 0 good.json run
deep 64 >bad.json
refused 'line 1, column 96: nested deeper than 64'
deep 200000 >bad.json
refused 'line 1, column 96: nested deeper than 64'
# Integers: both ends are read, and what is one beyond is told with its place.
number() { printf '{"schema":"albs.manifest/1",\n "x":[0,%s]}\n' "$1"; }
for most in 9007199254740991 -9007199254740991; do
    number $most >good.json
    expect_from 0 good.json run
done
for beyond in 9007199254740992 -9007199254740992; do
    number $beyond >bad.json
    refused "line 2, column 9: number '$beyond' is not an integer within 2^53-1"
done
# A text may be as long as the document, and there is no limit to the number of records.
{ printf '{"schema":"albs.manifest/1","x":"'; head -c 3000000 /dev/zero | tr '\0' a; printf '"}\n'; } >good.json
expect_from 0 good.json run
{ printf '{"schema":"albs.manifest/1","x":"'; head -c 3000000 /dev/zero | tr '\0' a; printf '\t"}\n'; } >bad.json
refused 'line 1, column 3000034: expected the rest of a string, found byte 0x09'
jq -c '.artifacts[0] as $one |
    .artifacts += [range(2000) | $one + {sha256: ("0" * 64 + tostring)[-64:], name: "f\(.)"}]' seed.json >good.json
expect_from 0 good.json run
# The document: 2 GiB, of which the last byte decides.
truncate -s 2147483649 bad.json
refused "'standard input' is larger than 2147483648 bytes"
rm bad.json
# Records that are not what albs-manifest(5) says.
for broken in 's/"size":5/"size":"5"/' 's/"size":5/"size":-1/' 's/"name":"hello.txt",//' 's/hello.txt/..\/etc\/passwd/' \
    's/"hello.txt"/""/' 's/hello.txt/a\\u0000b/' "s/$hello/abc/" 's/2cf24/2CF24/' 's/"artifacts":\[/"artifacts":[1,/' 's/"artifacts":\[/"artifacts":[{},/' \
    's/"tasks":\[\]/"tasks":{}/' 's/"tasks":\[\]/"tasks":[null]/' 's/"rpm":null/"rpm":{}/'; do
    sed "$broken" seed.json >bad.json
    ! cmp -s seed.json bad.json || fail "'$broken' breaks nothing"
    refused '\(artifacts\|tasks\)'
done
# The same id twice in one manifest.
jq -c '.artifacts += .artifacts' seed.json >bad.json
refused 'twice'
# No stdin at all.
expect 3 run <&-
expect_empty_stdout
expect_stderr 'standard input is closed'
# A manifest named as an operand is read as stdin is; the message names it.
if [ "$takes" = manifest ]; then
    printf '{' >bad.json
    expect 3 run bad.json
    expect_empty_stdout
    expect_stderr "'bad.json'"
    expect 5 run no-such.json
    expect_empty_stdout
    expect_stderr "cannot open 'no-such.json': No such file or directory"
    expect 0 run seed.json
fi
