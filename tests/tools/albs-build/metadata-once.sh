# SPDX-License-Identifier: GPL-3.0-or-later
# However many tasks there are, each repository is asked for its metadata once; offline nobody is asked, and the answer
# is the same.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
serve_distribution
# What a root is made of comes from the test distribution; of the others only the metadata is wanted.
installed=$plain_packages platform test.yaml "$distro/base"
for part in base updates; do add_repository test.yaml "served-$part, priority: 50" "$files_url/$part"; done
for each in one two three; do echo "BuildRequires: nothing-such-$each" | empty_package $each; done
manifest_of one two three >all.json
missing='one: nothing-such-one, three: nothing-such-three, two: nothing-such-two'
answers='[.tasks[] | "\(.source | split("@")[0]): \(.reason.message | capture("requested (?<it>.*)").it)"] | sort | join(", ")'
build 1 all -j 3
expect_json "$answers" "$missing"
for part in base updates; do
    [ "$(grep -c "/$part/repodata/repomd.xml " "$server_log")" = 1 ] || fail "asked for: $(cat "$server_log")"
done
: >"$server_log"
build 1 all --offline --retry
expect_json "$answers" "$missing"
[ ! -s "$server_log" ] || fail "asked for: $(cat "$server_log")"
# One more repository, for the root only.
echo 'BuildRequires: lang = 4, nothing-such' | empty_package more
build 1 more --repo "modular=$files_url/modular" --module-enable lang:4
expect_json '.tasks[0].reason.message' 'there is no such root: nothing provides requested nothing-such'
expect_from 2 all.json albs-build --repo "$files_url/modular"
expect_stderr "error: --repo is for roots of packages, and backend 'host' makes none"
stop_server
build 75 more
