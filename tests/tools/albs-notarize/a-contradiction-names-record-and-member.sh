# SPDX-License-Identifier: GPL-3.0-or-later
# Whatever member of a notarized manifest is changed, the error of status 4 names the record and the member: of a record
# that is notarized with what the ledger says and what the manifest does, of a notarization with what of it is false.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
expect_from 0 "$manifest" albs-notarize
jq -c '.stages = []' "$out" >good.json
built=$(jq -r '.tasks[0].artifacts[0]' good.json)
commit=$(jq -r '.sources[0].commit' good.json)
# changed FILTER WORDS: one error, with these words.
changed() {
    jq -c "$1" good.json >bad.json
    expect_refusal 4 "$2" albs-notarize verify --log-key "$key" bad.json
}
source="notarization 'log.example.org#0' of source 'p@0123456789ab': "
build="notarization 'log.example.org#2' of build '$built': "
changed '.sources[0].url = "x"' \
    "${source}the ledger recorded url \"https://git.example.org/rpms/p.git\", the manifest says \"x\""
changed '.sources[0].signature.status = "x"' \
    "${source}the ledger recorded signature.status \"none\", the manifest says \"x\""
changed '.sources[0].lookaside[0].size = 6' "${source}the ledger recorded lookaside[0].size 5, the manifest says 6"
changed '.tasks[0].network = true' "${build}the ledger recorded network false, the manifest says true"
changed ".artifacts |= map(if .sha256 == \"$built\" then .size += 1 else . end)" \
    "${build}the ledger recorded size 101, the manifest says 102"
changed '.tasks[0].artifacts |= .[1:]' \
    "${build}recorded as made by the task 'p@0123456789ab/host/x86_64', of whose 'artifacts' and 'log' it is none"
changed ".notarizations[0].subject = \"1\" + \"${commit#?}\"" \
    "${source}the ledger's statement is about $commit, not about 1${commit#?}"
changed '.notarizations[0].id = "log.example.org#77"' \
    "notarization 'log.example.org#77' of source 'p@0123456789ab': its 'id' names another entry than its proof does"
# One signature in 32 begins with MEQCIA.
for member in 'statement.predicateType = "x"' \
    'signature |= (if startswith("MEQCIA") then "MEQCIB" else "MEQCIA" end) + .[6:]' 'index = 3'; do
    changed ".notarizations[0].$member" "${source}its statement, signer, signature or proof is not what the log has"
done
changed '.ledgers[0].nodes[0].hashes[0] |= "AAAA" + .[4:]' \
    "its statement, signer, signature or proof is not what the log has"
changed '.checkpoints[0].log = "x"' "checkpoints[0]: the note of checkpoint 'log.example.org@6@"

# Two manifests that no two runs make.
other() {
    jq -c "$1" "$manifest" >other.json
    expect_refusal 4 "$2" albs-notarize verify --log-key "$key" "$manifest" other.json
}
other '.stages = [] | .sources[0].commit = "1" + .sources[0].commit[1:]' \
    "two records of sources 'p@0123456789ab' contradict each other in 'commit': "
first=$(jq -r ".artifacts[0].sha256" "$manifest")
other ".stages = [] | .artifacts[0].size += 1" \
    "two records of artifacts '$first' contradict each other in 'size': 100 and 101"

# The log itself: which log, and which file or entry of it.
cp -a "$ALBS_LEDGER" torn
printf '\001' | dd of=torn/tile/0/000.p/6 bs=1 seek=3 conv=notrunc 2>/dev/null
expect_refusal 4 "log 'log.example.org': the tiles of the log do not have the root that its checkpoint signs (size 6)" \
    albs-notarize verify --log-key "$key" --ledger torn good.json
