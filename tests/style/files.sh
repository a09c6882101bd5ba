# SPDX-License-Identifier: GPL-3.0-or-later
# Every source file says its licence, stays under 300 lines, and is named for what it holds.
. "$ALBS_SOURCE/tests/lib.sh"
cd "$ALBS_SOURCE" || exit 1

find lib tools tests share examples bench packaging \( -name '*.cpp' -o -name '*.hpp' -o -name '*.sh' -o -name '*.py' -o -name '*.awk' \) \
    -print 2>/dev/null | sort >"$work/files"
: >"$out"
while IFS= read -r file; do
    lines=$(wc -l <"$file")
    [ "$lines" -le 300 ] || echo "$file has $lines lines, 300 are the limit: split it by idea"
    head -n 2 "$file" | grep -q '^\(//\|#\) SPDX-License-Identifier: GPL-3.0-or-later$' || echo "$file has no SPDX line"
    case $file in
    *.hpp) grep -qx '#pragma once' "$file" || echo "$file has no #pragma once" ;;
    esac
    case $(basename "$file") in
    util* | common* | helper* | misc* | manager* | *_util.* | *_helper*) echo "$file: the name says nothing" ;;
    esac
done <"$work/files" >>"$out"
# A function is what stands between { and } at the margin.
xargs awk 'FNR == 1 {start = 0} /^{$/ {start = FNR} /^}$/ {if (start && FNR - start > 61) print FILENAME ":" start ": a function of " FNR - start - 1 " lines, 60 are the limit"; start = 0}' \
    <"$work/files" >>"$out"
[ ! -s "$out" ] || fail 'see above'
