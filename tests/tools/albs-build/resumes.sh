# SPDX-License-Identifier: GPL-3.0-or-later
# What is built is not built again; a killed run leaves nothing half-done; a changed object in the store is refused.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
package greet
build='sleep 3
%{__cc} %{optflags} %{build_ldflags} slow.c -o slow' spec slow
source_package slow
manifest_of greet slow >both.json
albs-build -j 1 -q <both.json >killed.json 2>/dev/null &
pid=$!
tries=0
until [ -n "$(ls .albs/tasks 2>/dev/null)" ] && [ -n "$(ls -d .albs/builds/albs-tmp-build-* 2>/dev/null)" ]; do
    tries=$((tries + 1))
    [ $tries -lt 200 ] || fail "the first package was not built"
    sleep 0.1
done
kill -9 $pid
wait $pid 2>/dev/null
[ ! -s killed.json ] || fail "a killed run wrote a manifest"
expect_from 0 both.json albs-build -j 1
expect_stderr "built earlier: .* packages"
cp "$out" first.json
[ "$(ls .albs/builds)" = lock ] || fail "builds are left: $(ls .albs/builds)"
cp -r .albs/tasks tasks
sleep 1
before=$(date +%s%N)
expect_from 0 both.json albs-build
after=$(date +%s%N)
same first.json "$out"
[ $(((after - before) / 1000000)) -lt 1500 ] || fail "a run with nothing to do took $(((after - before) / 1000000)) ms"

# The manifest of the first run has its tasks already; there is nothing to add for them.
expect_from 0 first.json albs-build --timeout 1m
expect_no_stderr
expect_json '.tasks | length' 2

# A package that vanished is built again; one that was changed is told.
digest=$(jq -r '[.artifacts[] | select(.kind == "rpm").sha256] | first' first.json)
rm -f ".albs/store/sha256/$(printf %.2s "$digest")/$digest"
expect_from 0 both.json albs-build
expect_json '[.tasks[].status] | join(" ")' 'ok ok'
chmod u+w ".albs/store/sha256/$(printf %.2s "$digest")/$digest"
printf x >>".albs/store/sha256/$(printf %.2s "$digest")/$digest"
expect_from 4 both.json albs-build
expect_empty_stdout
expect_stderr "error: store object '.*$digest' was changed"
