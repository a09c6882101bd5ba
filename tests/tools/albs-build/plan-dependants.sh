# SPDX-License-Identifier: GPL-3.0-or-later
# albs-build plan --rebuild-dependants names the sources of the platform's repositories that need what is going to be
# built: packages that require it, and source packages whose BuildRequires do.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
plain_platform
# made NAME [LINE]...: a binary and a source package of the repository there.
made() {
    made_name=$1
    shift
    printf '%s\n' "$@" | empty_package "$made_name"
    rpmbuild -bb --nodeps --quiet -D "_topdir $PWD/top" -D "_rpmdir $PWD/there" "$made_name.spec" >"$work/.rpmbuild" 2>&1 ||
        fail "$(cat "$work/.rpmbuild")"
}
mkdir there
made lib 'Provides: lib(word) = 1'
made user 'Requires: lib(word) >= 1'
made users-user 'Requires: user'
made builder 'BuildRequires: (lib or nothing)'
made other 'Requires: bash'
cp builder.src.rpm there/builder-1-1.src.rpm
createrepo_c -q there
add_repository test.yaml there "file://$PWD/there"
plan() { expect_from 0 lib.json albs-build plan --platforms test.yaml --platform test-9 "$@"; }
plan
expect_json .dependants null
plan --rebuild-dependants
expect_json '[.dependants[] | "\(.source): \(.package) needs \(.need) of \(.of)"] | join("; ")' \
    'builder: builder-1-1.src needs (lib or nothing) of lib; user: user-1-1.noarch needs lib(word) >= 1 of lib'
expect_json '.dependants[0].source_package' builder-1-1.src.rpm
plan --rebuild-dependants --format text --no-roots
expect_stdout '^dependant: user for test-9/.*, since user-1-1.noarch needs lib(word) >= 1 of lib$'
