# SPDX-License-Identifier: GPL-3.0-or-later
# Of the copies of a noarch package that several architectures made, the one that albs-build says is to be shipped is
# released; what is published already stays; copies that really differ, or that nobody compared, are refused.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
make_signer
build_package hello 1.0
manifest_of hello 1.0 >built.json
doc=hello-doc-1.0-1.noarch.rpm
mv "built/hello-1.0/$doc" first.rpm
built_at=1767225999 build_package hello 1.0
mkdir again && mv "built/hello-1.0/$doc" "again/$doc"
first=$(sha256sum <first.rpm | cut -d' ' -f1)
artifact "again/$doc" >again.json
again=$(jq -r .sha256 again.json)
[ "$first" != "$again" ] || fail 'the copies are the same'
# finish VERDICT SHIP: a second task of another architecture made the other copy; compared with that verdict.
finish() {
    jq -c --slurpfile again again.json --arg verdict "$1" --arg ship "$2" --arg first "$first" --arg arch "$arch" '
        .stages = [] | .artifacts += $again |
        .tasks += [.tasks[0] | .arch = "aaa" | .id = (.source + "/host/aaa") | .artifacts = [$again[0].sha256]] |
        .tests += [.tests[] | select(.artifact == $first) | .artifact = $again[0].sha256 | .task |= sub("[^/]*$"; "aaa") |
            .id = "\(.artifact)/\(.name)"] |
        if $verdict == "" then . else .comparisons = [{id: "\(.tasks[0].source)/host/\($again[0].name)",
            source: .tasks[0].source, platform: "host", name: $again[0].name, copies: [{arch: $arch, sha256: $first},
            {arch: "aaa", sha256: $again[0].sha256}], $ship, $verdict, tags: ["Buildtime"], file: null, what: null}] end' \
        built.json | albs-notarize -q >.n.json 2>"$err" &&
        albs-sign -q --key "$key" <.n.json >.s.json 2>"$err" && albs-notarize -q .s.json
}
# released REPO: the unsigned file of what is there.
released() {
    signed=$(sha256sum <"$1/$arch/os/Packages/h/$doc" | cut -d' ' -f1)
    jq -r --arg signed "$signed" '.artifacts[] | select(.sha256 == $signed) | .unsigned' "$2"
}
for ship in "$first" "$again"; do
    finish metadata "$ship" >both.json
    expect_from 0 both.json albs-release --to "to-$ship" --key "$key"
    [ "$(released "to-$ship" both.json)" = "$ship" ] || fail 'another copy than the one to ship'
done
# What users have stays, whatever the comparison says now.
expect_from 0 both.json albs-release --to "to-$first" --key "$key"
[ "$(released "to-$first" both.json)" = "$first" ] || fail 'what was published was replaced'
# Real differences are a person's to decide on; the one to ship is what a waiver takes.
finish differs "$first" >differs.json
expect_from 1 differs.json albs-release --to differs --key "$key"
expect_stderr 'refused: this manifest has two files of that name'
expect_from 0 differs.json albs-release --to differs --key "$key" --waive identity='looked at both'
[ "$(released differs differs.json)" = "$first" ] || fail 'a waiver took another copy'
finish '' '' >unknown.json
expect_from 1 unknown.json albs-release --to unknown --key "$key"
expect_stderr 'refused: this manifest has two files of that name'
