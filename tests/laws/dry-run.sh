# SPDX-License-Identifier: GPL-3.0-or-later
# --dry-run touches nothing: neither the workspace nor the directory it runs in nor the home directory.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/laws/table.sh"

mkdir here
cd here || exit 1
kept() { snapshot "$work/here" "$ALBS_WORKSPACE" "$HOME" "$work/repo" "$work/package"; }
before=$(kept)
for flag in -n --dry-run; do
    got=0
    run "$flag" <../in.json >"$out" 2>"$err" || got=$?
    [ "$got" = 0 ] || fail "$flag gave status $got"
    [ "$before" = "$(kept)" ] || fail "$flag touched something: $(kept | diff - /dev/null | head -20)"
done
[ -z "$(ls -A "$TMPDIR")" ] || fail "left in TMPDIR: $(ls -A "$TMPDIR")"
# Without a workspace it makes none.
rm -rf "$work/none"
ALBS_WORKSPACE="$work/none/at/all" run -n <../in.json >"$out" 2>"$err" || [ "$tool" = albs-notarize ] ||
    fail "-n wants a workspace"
[ ! -e "$work/none" ] || fail '-n made a workspace'
[ ! -e .albs ] || fail '-n made .albs'
