# SPDX-License-Identifier: GPL-3.0-or-later
# No script has anything that shellcheck warns of.
. "$ALBS_SOURCE/tests/lib.sh"
command -v shellcheck >/dev/null || skip 'shellcheck is not installed'
cd "$ALBS_SOURCE" || exit 1

# Tests source lib.sh by a variable, use its $out, $err and $work, set what table.sh and others read, and set traps with
# words that are expanded early on purpose; a file may be called patch.
find . -path ./build -prune -o -name '*.sh' -print | sort |
    xargs shellcheck -s sh -S warning -e SC1090,SC1091,SC2034,SC2064,SC2154,SC2238 >"$out" 2>"$err" || fail 'shellcheck'
