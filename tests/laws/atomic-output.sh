# SPDX-License-Identifier: GPL-3.0-or-later
# -o FILE holds the old bytes or the new ones: a failure keeps the old, in = out is safe, what is no file is not
# replaced.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"

no_leftovers() {
    left=$(find "$work" -name '*.albs-tmp-*')
    [ -z "$left" ] || fail "left behind: $left"
}
run <in.json >plain 2>"$err" || fail 'the plain run fails'
umask 022
expect_from 0 in.json run -o new.json
expect_empty_stdout
same plain new.json
[ "$(stat -c %a new.json)" = 644 ] || fail 'mode of a new file'
# Private stays private.
umask 077
expect_from 0 in.json run -o private.json
[ "$(stat -c %a private.json)" = 600 ] || fail 'the umask is not respected'
umask 022
echo old >old.json
chmod 640 old.json
ln old.json other-name
expect_from 0 in.json run -o old.json
same plain old.json
[ "$(cat other-name)" = old ] || fail 'the old file was written to instead of replaced'
[ "$(stat -c %a old.json)" = 640 ] || fail 'the mode of the old file is lost'
# A symbolic link stays one.
echo old >target.json
ln -s target.json link.json
expect_from 0 in.json run -o link.json
[ -L link.json ] || fail 'the link was replaced'
same plain target.json
# Devices and pipes are written to, never replaced.
expect_from 0 in.json run -o /dev/null
expect_empty_stdout
[ -c /dev/null ] || fail '/dev/null is gone'
expect_from 5 in.json run -o /dev/full
expect_stderr 'No space left on device'
[ -c /dev/full ] || fail '/dev/full is gone'
expect_from 0 in.json run -o /dev/stdout
same plain "$out"
mkfifo pipe
cat pipe >through &
expect_from 0 in.json run -o pipe
wait
same plain through
# Failures: the old file stays, nothing is left beside it.
echo old >kept.json
if [ "$takes" != operands ]; then
    printf '{' >bad.json
    expect_from 3 bad.json run -o kept.json
    [ "$(cat kept.json)" = old ] || fail 'a failure changed the old file'
    cp in.json both.json
    expect_from 0 both.json run -o both.json
    same plain both.json
fi
mkdir directory
expect_from 5 in.json run -o directory
expect_empty_stdout
expect_from 5 in.json run -o no/such/directory/file
expect_empty_stdout
expect_stderr "no/such/directory/file"
if [ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null; then
    mkdir small
    # shellcheck disable=SC2016 # expanded by the inner shell
    unshare -m sh -c 'mount -t tmpfs -o size=16k none small && echo old >small/file && head -c 1M /dev/zero >small/fill 2>/dev/null
        "$@" -o small/file <in.json 2>err; echo $? >status; cp small/file after; ls -A small >names' - "$tool" $args
    [ "$(cat status)" = 5 ] || fail "a full file system gave status $(cat status)"
    [ "$(cat after)" = old ] || fail 'a full file system changed the old file'
    [ "$(tr '\n' ' ' <names)" = 'file fill ' ] || fail "left behind: $(cat names)"
fi
no_leftovers
