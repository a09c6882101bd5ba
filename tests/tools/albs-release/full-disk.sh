# SPDX-License-Identifier: GPL-3.0-or-later
# On a full file system a release ends with status 5, the old tree is served, and with room again the next run
# completes.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
[ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null || skip 'only root can mount a small file system'

make_signer
signed_package hello 1.0 old.json
signed_package hello 2.0 new.json
mkdir small
export key
# libcreaterepo_c forgets 32 bytes of its own when it cannot close a file.
[ -z "${ALBS_SANITIZED:-}" ] || export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
# shellcheck disable=SC2016 # expanded by the inner shell
unshare -m sh -c '
    mount -t tmpfs -o size=1m none small
    albs-release -q --to small/repo --key "$key" <old.json >first.json || exit 1
    step=0
    # Room for 4, 12, 20… KiB more: the disk fills while packages, metadata and signatures are written.
    for room in 4 12 20 28 36 44 52 60; do
        rm -f small/fill
        head -c 2M /dev/zero >small/fill 2>/dev/null
        truncate -s -${room}K small/fill
        albs-release --to small/repo --key "$key" <new.json >next.json 2>next.err
        status=$?
        [ $status != 0 ] || break
        step=$((step + 1))
        [ $status = 5 ] && [ ! -s next.json ] && [ "$(readlink small/repo)" = repo.1 ] && grep -q "No space left\|cannot" next.err ||
            { echo "room $room: status $status, $(cat next.err)" >verdict; exit 1; }
        [ ! -e small/.repo.new ] || { echo "room $room: half a tree is left" >verdict; exit 1; }
        albs-release check small/repo >/dev/null 2>&1 || { echo "room $room: the old tree is damaged" >verdict; exit 1; }
    done
    rm small/fill
    albs-release --to small/repo --key "$key" <new.json >next.json 2>next.err && albs-release check small/repo >/dev/null || exit 1
    echo "$step" >steps' >"$out" 2>"$err" || fail "$(cat verdict 2>/dev/null || echo no verdict)"
[ "$(cat steps)" -ge 3 ] || fail "only $(cat steps) runs met the full disk"
