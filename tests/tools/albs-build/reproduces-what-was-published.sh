# SPDX-License-Identifier: GPL-3.0-or-later
# A stranger has a directory with a manifest, its locks and signed packages: reproduce fetches commits, lookaside files
# and packages of the roots by digest, from where they were got or from mirrors, builds again and compares; all of it or
# one package. What cannot be had of one package does not end the others.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
plain_platform
mkdir served
make_flat "$work/served" one
make_flat "$work/served" two
sed -i 's/^BuildArch/BuildRequires: one\nBuildArch/' served/two/two.spec
commit_all "$work/served/two" 'Need one'
publish "$work/served" two
start_server "$work/served" || exit 1
defer stop_server
expect 0 albs-fetch --lookaside "$files_url" "$git_url/one.git#c9" "$git_url/two.git#c9"
cp "$out" all.json
build 0 all --output published
cp "$out" published/built.json
make_key signer
expect_from 0 published/built.json albs-sign -q --key "$signer_key" --gnupghome gpg-signer --waive 'notarization=a test' --output published
cp "$out" published/signed.json
rm published/built.json

# stranger NAME STATUS ARGUMENT...: reproduces in a workspace of his own, who has nothing else.
stranger() {
    stranger_status=$2 stranger_place=$1
    shift 2
    expect "$stranger_status" albs-build reproduce --workspace "strange/$stranger_place" "$@"
}
verdicts() {
    expect_json '[.tasks[].packages[] | "\(.name) \(.verdict)"] | sort | join(", ")' "$1"
}
whole='one-1.0-1.noarch.rpm identical, one-1.0-1.src.rpm identical, two-1.0-1.noarch.rpm identical, two-1.0-1.src.rpm identical'
: >"$server_log"
stranger first 0 --lookaside "$files_url" published
verdicts "$whole"
expect_json '[.tasks[] | .same and .same_toolchain and .same_platform] | all'
grep -q 'GET /git/two.git' "$server_log" || fail 'the commit was not asked for'
grep -q "GET /files/two/" "$server_log" || fail 'the lookaside file was not asked for'
# A second time nobody is asked.
: >"$server_log"
unshared=$(command -v unshare) && expect 0 "$unshared" --net albs-build reproduce --workspace strange/first published
verdicts "$whole"
[ ! -s "$server_log" ] || fail "somebody was asked: $(cat "$server_log")"

# One package, by the file that users get.
signed=$(find published -name 'two-1.0-1.noarch.rpm' | head -n 1)
stranger second 0 "$signed" -n
expect_stderr 'would build again: .*two@\|two@.*would build again'
stranger second 0 "$signed"
expect_json '.tasks | length' 1
verdicts 'two-1.0-1.noarch.rpm identical, two-1.0-1.src.rpm identical'

# One that came out otherwise is compared with the signed file, where the published directory has no other.
jq -c '.stages = [] | (.tasks[] | select(.id | startswith("two@"))).source_date_epoch = 1500000000 |
    .notarizations = []' published/signed.json >odd.json
for digest in $(jq -r '.artifacts[] | select(.unsigned == null and .kind == "rpm").sha256' odd.json); do
    find published -type f -name '*.rpm' | while read -r file; do
        [ "$(sha256sum "$file" | cut -c1-64)" != "$digest" ] || rm -f "$file"
    done
done
mkdir odd && cp -r published odd/ && mv odd.json odd/published/signed.json
stranger third 1 odd/published
expect_json '[.tasks[].packages[] | select(.name == "two-1.0-1.noarch.rpm") | .verdict, (.tags | index("Buildtime") != null)] | join(" ")' 'metadata true'
verdicts 'one-1.0-1.noarch.rpm identical, one-1.0-1.src.rpm identical, two-1.0-1.noarch.rpm metadata, two-1.0-1.src.rpm metadata'

# Without the repository of a source, the other one is built all the same.
mv served/git/two.git served/git/away.git
stranger fourth 1 published
expect_stderr 'warning: .*two@.*could not be built again: '
expect_json '[.tasks[] | "\(.id | split("@")[0]) \(.same)"] | join(", ")' 'one true, two false'
stranger fifth 3 "$signed"
expect_empty_stdout
mv served/git/away.git served/git/two.git

# The platform's repositories are gone: packages are looked for at mirrors.
mkdir mirror
find -L "$distro/base" "$distro/updates" "$distro/appstream" -name '*.rpm' -exec cp {} mirror/ ';'
mv "$distro" "$distro.gone"
stranger sixth 3 "$signed"
expect_stderr "the key of repository 'base'"
expect_empty_stdout
stranger sixth 0 --mirror "$work/mirror" "$signed"
expect_stderr "warning: the platform's repositories are not asked: the key of repository 'base'"
verdicts 'two-1.0-1.noarch.rpm identical, two-1.0-1.src.rpm identical'
stranger seventh 75 --offline "$signed"
expect_empty_stdout

# Bad input.
mkdir empty
expect 3 albs-build reproduce empty
expect_stderr "no manifest in 'empty'"
cp "$signed" empty/
printf x >>empty/two-1.0-1.noarch.rpm
cp published/signed.json empty/
expect 3 albs-build reproduce empty/two-1.0-1.noarch.rpm
expect_empty_stdout
expect_stderr "no manifest beside 'empty/two-1.0-1.noarch.rpm' or above it knows the package"
