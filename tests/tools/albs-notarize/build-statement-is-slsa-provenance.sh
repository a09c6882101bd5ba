# SPDX-License-Identifier: GPL-3.0-or-later
# The log says of a built package, in SLSA's own terms, what it was made from: the commit or source package, every
# lookaside file, and the lock of the root that it was built in; and how, by whom and when.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
package greet
expect 0 albs-notarize init --origin log.example.org/test
expect_from 0 greet.json albs-build
lock=$(sha256sum <greet.json | cut -d' ' -f1)
# The root that albs-build was told of, and a source with a commit and files of the lookaside cache.
commit=0123456789abcdef0123456789abcdef01234567
cached=$(printf cached | sha256sum | cut -d' ' -f1)
jq -c --arg lock "$lock" --arg commit $commit --arg cached "$cached" --argjson size "$(stat -c %s greet.json)" \
    '.stages = [] |
    .tasks[0].buildroot = $lock | .sources[0] += {kind: "git", url: "https://git.example.org/rpms/greet.git", ref: "a9", $commit,
    tree: $commit, lookaside: [{path: "greet.tar.gz", algorithm: "sha256", digest: $cached, sha256: $cached, size: 6, url: ""}]} |
    .artifacts += [{sha256: $lock, $size, name: "greet.buildroot.json", kind: "buildroot", rpm: null, unsigned: null}]' "$out" >built.json
expect_from 0 built.json albs-notarize
cp "$out" recorded.json
envelopes=.albs/ledger/attestations/000.intoto.jsonl
expect 0 python3 "$ALBS_SOURCE/tests/valid_slsa.py" $envelopes
expect_stdout '^[1-9][0-9]* https://slsa.dev/provenance/v1$'

# What the log itself published about the package, out of the envelope that is signed.
package=$(jq -r '[.artifacts[] | select(.kind == "rpm")][0].sha256' built.json)
jq -c --arg package "$package" '.payload | @base64d | fromjson | select(.subject[0].digest.sha256 == $package)' \
    $envelopes >statement.json
[ "$(wc -l <statement.json)" = 1 ] || fail 'not one statement about the package'
cp statement.json "$out"
expect_json .predicateType https://slsa.dev/provenance/v1
expect_json '.predicate.buildDefinition.buildType' https://build.almalinux.org/attestation/rpm-build/v1
inputs=.predicate.buildDefinition.resolvedDependencies
expect_json "[${inputs}[] | select(.name == \"buildroot lock\") | .digest.sha256] | join(\" \")" "$lock"
expect_json "[${inputs}[] | select(.uri == \"git+https://git.example.org/rpms/greet.git@$commit\") | .digest.gitCommit] | join(\" \")" $commit
expect_json "[${inputs}[] | select(.name == \"source package\") | .digest.sha256] | join(\" \")" \
    "$(jq -r '.tasks[0].srpm' built.json)"
expect_json "[${inputs}[] | select(.name == \"greet.tar.gz\") | .digest.sha256] | join(\" \")" "$cached"
expect_json "[${inputs}[] | select(.name == \"platform definition\") | .digest.sha256] | join(\" \")" \
    "$(jq -r '.tasks[0].definition' built.json)"
expect_json "$inputs | length" 5
task=$(jq -c '.tasks[0]' built.json)
expect_json '.predicate.runDetails.builder.id' https://log.example.org/test/albs-build
expect_json '.predicate.runDetails.metadata | .invocationId + " " + .startedOn + " " + .finishedOn' \
    "$(echo "$task" | jq -r '.id + " " + .started + " " + .finished')"
expect_json '.predicate.runDetails.byproducts[0].digest.sha256' "$(echo "$task" | jq -r .log)"
expect_json '.predicate.buildDefinition.externalParameters.arch' "$(echo "$task" | jq -r .arch)"
expect_json '.predicate.buildDefinition.internalParameters.network' false
# So is another platform.
jq -c --arg other "$(printf '%064d' 7)" '.stages = [] | .tasks[0].definition = $other' recorded.json >changed.json
expect 4 albs-notarize verify --log-key .albs/ledger/log.vkey changed.json
expect_stderr 'the ledger recorded definition "'
# Another lock than the recorded one is a contradiction.
jq -c --arg other "$(printf '%064d' 7)" '.stages = [] | .tasks[0].buildroot = $other' recorded.json >changed.json
expect 4 albs-notarize verify --log-key .albs/ledger/log.vkey changed.json
expect_empty_stdout
expect_stderr 'the ledger recorded buildroot "'
