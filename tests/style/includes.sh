# SPDX-License-Identifier: GPL-3.0-or-later
# A C library's header is included in its own folder and nowhere else; rooms.sh has what
# rooms include.
. "$ALBS_SOURCE/tests/lib.sh"
cd "$ALBS_SOURCE" || exit 1

: >"$out"
# only HEADERS FOLDER...: what matches HEADERS is included below these folders only.
only() {
    headers=$1
    shift
    for folder in "$@"; do echo "^$folder/"; done >"$work/folders"
    grep -rnE --include='*.cpp' --include='*.hpp' "#include <($headers)" lib tools | grep -vf "$work/folders" |
        sed "s,^,only in $*: ," >>"$out"
}
only 'CLI/' lib/cli
only 'sqlite3' lib/albs/ledger
only 'openssl/' lib/albs/crypto lib/base # digest
only 'rpm/' lib/rpm lib/repo # createrepo_c reads packages with librpm, whose configuration it leaves to us
only 'gpgme' lib/gpg
only 'git2' lib/git
only 'curl/' lib/http
only 'createrepo_c/|glib' lib/repo
only 'solv/' lib/solve
only 'modulemd' lib/repo lib/modules
only 'yaml-cpp/' lib/platform
only 'libxml/' lib/metalink
only 'sys/mount|sched\.h|linux/(seccomp|landlock)' lib/sandbox lib/sys

# What libalbs is made of starts no process and reads no standard stream.
never() { grep -rnE --include='*.cpp' --include='*.hpp' "#include \"($2)" "$1" | sed "s,^,$1 must not: ," >>"$out"; }
never lib/albs 'sys/(process|signals|stdio|module)'
never lib/base 'sys/'
# Nobody reaches into another tool's folder, and no library into a tool's.
grep -rnE --include='*.cpp' --include='*.hpp' '#include "(\.\./|tools/|albs-)' lib tools |
    sed 's/^/not by path: /' >>"$out"
# libalbs is installed: every header of it that is installed needs no header that is not.
cmake --install "$ALBS_BUILD/lib" --prefix "$work/prefix" >"$work/log" 2>&1 ||
    skip "libalbs is not built: $(tail -n 1 "$work/log")"
include="$work/prefix/include/libalbs"
for header in "$include"/base/*.hpp "$include"/albs/*/*.hpp; do
    sed -n 's/^#include "\(.*\)".*/\1/p' "$header" | while read -r other; do
        [ -e "$include/$other" ] || echo "$(basename "$header") is installed and includes $other, which is not" >>"$out"
    done
done
[ -e "$include/albs/manifest/manifest.hpp" ] || fail 'manifest.hpp is not installed'
[ ! -s "$out" ] || fail 'see above'
