# SPDX-License-Identifier: GPL-3.0-or-later
# What crash-at-every-call.sh kills and fails in turn is every call by which a commit changes the ledger's files or the
# remembered head, the index's own too: the kernel's list of them (strace) is the preloaded library's, call by call.
. "$ALBS_SOURCE/tests/lib.sh"
fault="$ALBS_BUILD/tests/libalbs_fault.so"
[ -e "$fault" ] || skip 'no libalbs_fault.so (a sanitizer build)'
strace -o /dev/null true 2>/dev/null || skip 'nothing can be traced here'
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
expect 0 albs-notarize files "$ALBS_SOURCE/CMakeLists.txt"
cp -a "$ALBS_LEDGER" template
cp -a "$XDG_STATE_HOME" state.template
expect_from 0 "$manifest" env ALBS_FAULT_LOG="$work/calls" LD_PRELOAD="$fault" albs-notarize
rm -rf "$ALBS_LEDGER" "$XDG_STATE_HOME" .albs
cp -a template "$ALBS_LEDGER"
cp -a state.template "$XDG_STATE_HOME"
expect_from 0 "$manifest" strace -f -y -o traced albs-notarize
# Only files of the ledger and of the heads; directories are closed without a change.
ours() { sed 's/^ftruncate64 /ftruncate /' | grep -F -e " $ALBS_LEDGER/" -e " $XDG_STATE_HOME/" |
    grep -v '^close .*/\(tile\|albs\|heads\|[.]state\|entries\|[0-9]*\|[0-9]*[.]p\|attestations\)$' | sort; }
# What takes a descriptor, a path, or two paths of which the second counts; of openat only what can write.
python3 - >kernel <<'END'
import re
quiet = "newfstatat fstat stat lstat statx access faccessat2 read pread64 lseek fcntl mmap flock readlink getdents64 statfs fstatfs ioctl fadvise64"
for line in open("traced"):
    call = re.match(r"\d+ +(\w+)\((.*)", line)
    if not call or call[1] in quiet.split():
        continue
    name, rest = call.groups()
    if name == "openat":
        if not re.search(r"O_WRONLY|O_RDWR|O_CREAT", rest):
            continue
        name = "open"
    paths = re.findall(r'"([^"]*)"', rest) if name in ("open", "unlink", "mkdir") or name.startswith("rename") else re.findall(r"^\d+<([^>]*)>", rest)
    if paths:
        print(name, paths[-1])
END
ours <kernel >wanted
ours <calls >found
[ "$(wc -l <wanted)" -gt 50 ] || fail "only $(wc -l <wanted) calls were traced"
cmp -s wanted found || fail "(< the kernel, > what is walked) $(diff wanted found | grep '^[<>]')"
echo "$(wc -l <found) calls, of $(cut -d' ' -f1 found | sort -u | tr '\n' ' ')"
