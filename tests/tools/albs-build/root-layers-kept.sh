# SPDX-License-Identifier: GPL-3.0-or-later
# Layers and their bases in the cache: made once by several runs at a time and anew after KILL; a layer is never used
# over another base than it was made over, nor over none; gc removes no base that a layer needs.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/layers.inc"
layered_platform
for name in second third; do
    printf 'BuildRequires: %s\n' $name | empty_package needs-$name
done
# again NAME [OPTION]...: as if it had not been built.
again() {
    rm -rf .albs/tasks
    build 0 "$@"
    expect_json '.tasks[0].status' ok
    root=$(jq -r '.tasks[0].buildroot' "$out")
    base=$(base_of "$root")
    [ -n "$base" ] || fail "the root is no layer: $(ls .albs/roots)"
}
made() { grep -c 'made the root' "$err" || :; }
inode() { stat -c %i ".albs/roots/$1/${2:-tree}"; }

# Two runs at once, after some that were killed on the way.
for after in 0.5 1 2 3; do
    timeout -s KILL $after albs-build --platforms test.yaml --platform test-9 <needs-second.json >/dev/null 2>&1
done
albs-build -v --platforms test.yaml --platform test-9 <needs-third.json >third.json 2>third.err &
one=$!
again needs-second
wait $one || fail "the other run failed: $(cat third.err)"
[ "$(base_of "$(jq -r '.tasks[0].buildroot' third.json)")" = "$base" ] || fail 'two bases'
[ "$(find .albs/roots -mindepth 2 -maxdepth 3 -name tree | wc -l)" = 3 ] || fail "other roots: $(ls .albs/roots)"
again needs-second
[ "$(made)" = 0 ] || fail 'a layer was made again that is there'

# KILL while the layer is made: the base stays, the layer is made anew, nothing is left.
again needs-third
other=$root
for after in 0.2 0.4 0.7 1; do
    in_root rm -rf ".albs/roots/$other"
    rm -rf .albs/tasks
    timeout -s KILL $after albs-build --platforms test.yaml --platform test-9 <needs-third.json >/dev/null 2>&1
done
before=$(inode "$base")
# As the kernel leaves it in an overlay's working directory.
(mkdir -p ".albs/roots/$other.new/layer/work" && cd ".albs/roots/$other.new/layer/work" && mkdir work) || exit 1
in_root rm -rf ".albs/roots/$other"
again needs-third
[ "$(made)" = 1 ] && [ "$root" = "$other" ] || fail 'the layer was not made'
[ "$(inode "$base")" = "$before" ] || fail 'the base was made again'
[ -z "$(find .albs/roots -mindepth 1 -maxdepth 1 -name '*.new')" ] || fail 'something half made is left'

# A base that is gone, that somebody made again, and one that is damaged: the layers over it are not used.
layer=$(inode "$root" layer/tree)
in_root mv ".albs/roots/$base" aside
again needs-second
[ "$(made)" = 1 ] || fail "a layer over a base that is gone: $(cat "$err")"
again needs-third
[ "$(made)" = 1 ] && [ "$(inode "$root" layer/tree)" != "$layer" ] || fail 'a layer was used over another base'
in_root rm -rf aside ".albs/roots/$base/tree"
again needs-third
[ "$(made)" -ge 1 ] && [ -e ".albs/roots/$base/tree/usr/bin/bash" ] || fail 'a base without files was used'
in_root rm -rf ".albs/roots/$root/layer/tree"
again needs-third
[ "$(made)" = 1 ] && [ -e ".albs/roots/$root/layer/tree/usr/share/steps/third" ] || fail 'a layer without files was used'
echo 'no such root' >".albs/roots/$root/base"
again needs-third
[ "$(made)" = 1 ] && [ "$(base_of "$root")" = "$base" ] || fail 'a layer over nothing was used'

# gc: a base is as new as its layers, and stays as long as one of them.
again needs-second
again needs-third
old=$(jq -r '.tasks[0].srpm_buildroot' "$out")
for each in .albs/roots/*/boot; do touch -d '3 days ago' "$each"; done
touch ".albs/roots/$root/boot"
verdicts() { jq -r '.roots[] | "\(.lock) \(.removed) \(.reason) \(.base)"' "$out" | LC_ALL=C sort; }
expect 0 albs-build gc --unused 2d
verdicts | grep -qx "$base false null null" || fail "a base that a layer needs: $(verdicts)"
verdicts | grep -qx "$root false null $base" || fail "a root that was used: $(verdicts)"
verdicts | grep -qx "$old true unused $base" || fail "a root that was not used: $(verdicts)"
again needs-third
[ "$(made)" = 0 ] || fail 'a root that was to stay was made again' # but that of source packages, which is its base
touch -d '3 days ago' ".albs/roots/$base/boot"
again needs-third
[ -n "$(find ".albs/roots/$base/boot" -mtime -1)" ] || fail 'its base does not count as used with a layer'
# Too much: the base goes last, and not while a layer stays.
again needs-second
touch -d '1 hour ago' ".albs/roots/$base/boot"
expect 0 albs-build gc --dry-run
size=$(jq --arg base "$base" '.roots[] | select(.lock == $base).size' "$out")
expect 0 albs-build gc --dry-run --most "$size"
[ "$(verdicts | grep -c size)" -ge 2 ] || fail "what is to go: $(verdicts)"
verdicts | grep -qx "$base false null null" || fail "the base is to go first: $(verdicts)"
expect 0 albs-build gc --most 1K
[ "$(verdicts | grep -c ' true size ')" = 3 ] || fail "something stays: $(verdicts)"
[ -z "$(find .albs/roots -mindepth 1 -maxdepth 1 ! -name '*.lock')" ] || fail "left: $(ls .albs/roots)"
