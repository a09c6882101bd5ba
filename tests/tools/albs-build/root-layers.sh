# SPDX-License-Identifier: GPL-3.0-or-later
# A root of a platform is a layer over the platform's base root: it takes the room of what it has more, and is the same
# as a root that was installed whole, to the byte of what is built there. As root and as a plain user.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/layers.inc"
make_plain_user
layered_platform
listing_package
digests() { jq -r '.artifacts[] | select(.name | endswith(".rpm")) | "\(.sha256) \(.name)"' "$1" | sort -u; }
# The log has the names of rpm's temporary scripts.
record() { jq -S '.tasks[0] | .log as $log | .artifacts -= [$log] | del(.log, .started, .finished, .resources)' "$out"; }
task() { jq -r ".tasks[0].$1" "$out"; }
size() { du -s "$1" | cut -f1; }
# judge ROOTS: the root of the task is a layer, and that of its source package the base of it.
judge() {
    root=$(task buildroot)
    base=$(base_of "$root" "$1")
    [ -n "$base" ] || fail "the root is no layer: $(ls "$1" "$1/$root")"
    [ -d "$1/$root/layer/tree" ] && [ ! -e "$1/$root/tree" ] && [ ! -e "$1/$root/layer/work" ] ||
        fail "the layer is not: $(ls "$1/$root" "$1/$root/layer")"
    [ "$(base_of "$(task srpm_buildroot)" "$1")" = "$base" ] || fail 'source packages are made in another root'
    [ ! -e "$1/$(task srpm_buildroot)/layer" ] && [ ! -e "$1/$(task srpm_buildroot)/tree" ] ||
        fail 'the base is there twice'
    [ -e "$1/$base/tree/usr/share/steps/first/a" ] || fail 'the layer wrote into its base'
    [ ! -e "$1/$base/tree/usr/share/steps/second" ] || fail 'the base has what the layer has'
    [ "$(size "$1/$root")" -lt $(($(size "$1/$base") / 4)) ] ||
        fail "a layer of $(size "$1/$root") kB over a base of $(size "$1/$base")"
}
build 0 tree --output out
expect_json '.tasks[0].status' ok
expect_stderr "made the root $(task buildroot | cut -c-12) over "
judge .albs/roots
digests "$out" >layered
[ "$(wc -l <layered)" = 4 ] || fail "there are too few packages: $(cat layered)"
record >layered.task
lock=$(object_of "$(task buildroot)")
[ "$(jq '.base < (.packages | length)' "$lock")" = true ] || fail 'the lock has no base'
jq -r '.packages[:.base][].name' "$lock" | grep -qx first || fail 'the base has no first'
if jq -r '.packages[:.base][].name' "$lock" | grep -qx second; then fail 'the base has second'; fi
# What the scriptlets saw: the base alone first, then the layer over it.
rpm2cpio out/tree-doc-1.0-1.el9.noarch.rpm | cpio -id --quiet
cat usr/share/doc/tree/steps >steps
[ "$(sed -n '1,3s/ sees.*//p' steps | tr '\n' ' ')" = 'first pre first post first posttrans ' ] ||
    fail "other steps: $(cat steps)"
if sed -n 1,3p steps | grep -q second; then fail "the base saw the layer: $(cat steps)"; fi
grep -q '^first is told of .*/usr/share/steps/first/a ' steps || fail "no trigger in the base: $(cat steps)"
grep '^first is told of .*/usr/share/steps/second/a ' steps | grep -q third/a || fail "no trigger: $(cat steps)"
tree=usr/share/doc/tree/tree
grep -q '^d 755 root root /usr/share/steps/first/gone$' $tree || fail 'a directory that was made anew is not there'
grep -q '^d 700 root second-group /usr/share/steps/first/kept$' $tree || fail 'a change is lost'
for gone in lost gone/old a b; do
    if grep -v '^missing' $tree | grep " /usr/share/steps/first/$gone"; then fail "$gone was removed, and is there"; fi
done
grep -q '^/usr/share/steps/second/program /usr/share/steps/second/linked$' $tree || fail 'hard links are none'

# Another root over the same base, whatever it was solved for.
printf 'BuildRequires: third\n' | empty_package other
build 0 other
[ "$(base_of "$(task buildroot)")" = "$base" ] || fail 'another base'
[ "$(find .albs/roots -maxdepth 2 -name tree | wc -l)" = 1 ] || fail "several bases: $(ls .albs/roots)"

# The same lock where nothing can be layered: a whole root, that is the same.
mkdir whole
cp -r .albs/store .albs/dnf "$work/" && mkdir -p whole.lower && mv store dnf whole.lower/
expect_from 0 tree.json on_overlay "$work/whole" "$ALBS_BIN/albs-build" --workspace "$work/whole" -v \
    --platforms test.yaml --platform test-9
expect_stderr 'the root is no layer over that of the platform: '
roots=whole.upper/roots
[ -e "$roots/$(task buildroot)/tree/usr/share/steps/second" ] || fail 'the root is not whole'
digests "$out" >whole.digests
same layered whole.digests
record >whole.task
same layered.task whole.task

mkdir -p plain/user
cp -r .albs/store plain/user
chown -R $plain_user plain
expect_from 0 tree.json as_plain_user albs-build --workspace "$work/plain/user" -v --platforms "$work/test.yaml" \
    --platform test-9
judge plain/user/roots
digests "$out" >user.digests
same layered user.digests
