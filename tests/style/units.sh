# SPDX-License-Identifier: GPL-3.0-or-later
# Every lib/base/x.cpp and lib/albs/ROOM/x.cpp has a unit test: one that includes x.hpp, or says "// Also of: ROOM/x"
# because it tests it through what it serves. A file without a header of its own is a part of another: some test
# includes a header of its room.
. "$ALBS_SOURCE/tests/lib.sh"
cd "$ALBS_SOURCE" || exit 1

: >"$out"
grep -rhE '^// Also of:' tests/unit | sed 's/^[^:]*: *//' | tr ',' '\n' | tr -d ' ' | sort -u >"$work/also"
for file in lib/base/*.cpp lib/albs/*/*.cpp; do
    header=${file#lib/}
    header=${header%.cpp}
    grep -qxF "${header#albs/}" "$work/also" && continue
    needed="$header.hpp"
    [ -e "lib/$needed" ] || needed="$(dirname "$header")/"
    grep -rqF "#include \"$needed" tests/unit || echo "$file: no unit test includes $needed" >>"$out"
done
[ ! -s "$out" ] || fail 'see above'
