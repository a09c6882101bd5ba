# SPDX-License-Identifier: GPL-3.0-or-later
# Every lib/albs/x.cpp has a unit test: one that includes x.hpp (for json_read.cpp, which has no header of its own,
# json.hpp), or says "// Also of: x, y" because it tests them through what they serve.
. "$ALBS_SOURCE/tests/lib.sh"
cd "$ALBS_SOURCE" || exit 1

: >"$out"
for file in lib/albs/*.cpp; do
    name=$(basename "$file" .cpp)
    header=$name
    while [ ! -e "lib/albs/$header.hpp" ] && [ "$header" != "${header%_*}" ]; do header=${header%_*}; done
    grep -hE '^// Also of:' tests/unit/*_test.cpp | sed 's/^[^:]*: *//' | tr ',' '\n' | tr -d ' ' | grep -qx -e "$header" -e "$name" && continue
    grep -qF "#include \"albs/$header.hpp\"" tests/unit/*_test.cpp || echo "$file: no unit test includes albs/$header.hpp" >>"$out"
done
[ ! -s "$out" ] || fail 'see above'
