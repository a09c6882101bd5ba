#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A source tree that was debranded, and one whose spec rpmautospec wrote: the provenance of what was built says what the
# tree was before and after, and what told how; in the log, and in what albs-sbom writes.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
. "$ALBS_SOURCE/tests/fixture/rpmautospec.sh"
autospec_repository counted
spec plain
git init -q -b c9 plain
mv plain.spec plain.c plain/
commit_all plain 'Import plain'
mkdir -p venv/bin brand/plain
stand_in_rpmautospec venv/bin/rpmautospec
: >venv/pyvenv.cfg
PATH="$work/venv/bin:$PATH"
echo 'actions: [{modify_release: [{suffix: .alma.1}]}]' >brand/plain/config.yaml
expect 0 albs-fetch "file://$work/counted#c9" "file://$work/plain#c9" --debrand brand -o sources.json
expect 0 albs-build srpm sources.json -o built.json
expect 0 albs-notarize init --origin log.example.org/test
expect_from 0 built.json albs-notarize -o recorded.json
envelopes=.albs/ledger/attestations/000.intoto.jsonl
expect 0 python3 "$ALBS_SOURCE/tests/valid_slsa.py" $envelopes
statement_on() { # NAME: of the source package, in $out
    package=$(jq -r --arg name "$1" '.artifacts[] | select(.kind == "srpm" and .rpm.name == $name).sha256' built.json)
    jq -c --arg package "$package" '.payload | @base64d | fromjson | select(.subject[0].digest.sha256 == $package)' \
        $envelopes >"$out"
    [ "$(wc -l <"$out")" = 1 ] || fail "not one statement about the source package of $1"
}
dependency() { # NAME
    printf '[.predicate.buildDefinition.resolvedDependencies[] | select(.name == "%s").digest.sha256] | join(" ")' "$1"
}
says_all() { # of both packages, in $out; $1: plain or counted
    if [ "$1" = plain ]; then
        one=$(jq -c '.sources[] | select(.name == "plain").transformations[0]' built.json)
        expect_json "$(dependency 'source tree')" "$(echo "$one" | jq -r .output)"
        expect_json "$(dependency 'source tree before debrand')" "$(echo "$one" | jq -r .input)"
        expect_json "$(dependency 'what told debrand how')" "$(echo "$one" | jq -r .by)"
    else
        one=$(jq -c '.tasks[] | select(.source | startswith("counted")).transformations[0]' built.json)
        expect_json "$(dependency 'source tree')" "$(echo "$one" | jq -r .input)"
        expect_json "$(dependency 'source tree after rpmautospec')" "$(echo "$one" | jq -r .output)"
        expect_json "$(dependency 'what told rpmautospec how')" "$(jq -r '.sources[0].history' built.json)"
    fi
    expect_json '.predicate.buildDefinition.internalParameters.transformations | length' 1
    expect_json ".predicate.buildDefinition.internalParameters.transformations[0] | . == ($one | with_entries(select(.value != null)))"
}
for name in plain counted; do
    statement_on $name
    says_all $name
done
# Without a change nothing is said of one.
expect 0 albs-fetch "file://$work/plain#c9" -o unchanged.json
expect 0 albs-build srpm unchanged.json -o unchanged-built.json
expect_from 0 unchanged-built.json albs-sbom --format intoto
expect_json '.predicate.buildDefinition.internalParameters | has("transformations") | not'
# The same without a log.
expect_from 0 built.json albs-sbom --format intoto
cp "$out" statements
for name in plain counted; do
    package=$(jq -r --arg name $name '.artifacts[] | select(.kind == "srpm" and .rpm.name == $name).sha256' built.json)
    jq -c --arg package "$package" 'select(.subject[0].digest.sha256 == $package)' statements >"$out"
    says_all $name
done
