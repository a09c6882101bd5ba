# SPDX-License-Identifier: GPL-3.0-or-later
# Seeds for the fuzz targets: $corpus/TARGET/*, of logs that our own tools make, of each leaf profile. Sourced by
# scripts that have sourced tests/lib.sh.
manifest="$ALBS_SOURCE/tests/data/ledger/manifest.json"
seed() { mkdir -p "$corpus/$1" && cat >"$corpus/$1/$2"; }
make_corpus() {
    for profile in rekor sigsum raw; do
        log="$work/seeds-$profile"
        export ALBS_REMEMBER="$log.heads" # one name, several logs
        if [ "$profile" = sigsum ]; then
            expect 0 albs-notarize init --profile sigsum --ledger "$log"
        else
            expect 0 albs-notarize init --origin log.example.org --profile "$profile" --ledger "$log"
        fi
        expect_from 0 "$manifest" albs-notarize --ledger "$log"
        cp "$out" "notarized.$profile.json"
        vkey=$(sed 1q "$log/log.vkey")
        ALBS_WORKSPACE="$log.workspace" expect_from 0 "notarized.$profile.json" albs-notarize export \
            --log-key "$log/log.vkey" "exported.$profile"
        seed proof "$profile" <"exported.$profile/p1-1-1.x86_64.rpm.tlog-proof"
        size=$(od -An -tu1 -N2 "$log/tile/entries/000.p/6" | awk '{ print $1 * 256 + $2 }') # of the first entry
        tail -c +3 "$log/tile/entries/000.p/6" | head -c "$size" | seed leaf "$profile"
        head -n 1 "$log/attestations/000.intoto.jsonl" | tr -d '\n' | seed leaf "$profile-envelope"
        printf '%s' "$vkey" | seed vkey "$profile"
        seed note "$profile" <"$log/checkpoint"
        head -n 3 "$log/checkpoint" | seed checkpoint "$profile"
        seed journal "$profile" <"$log/.state/journal"
        tail -c +125 "$log/.state/journal" | seed journal "$profile-frame"
        head -n 1 "$log/attestations/000.intoto.jsonl" | tr -d '\n' | seed envelope "$profile"
        seed bundle "$profile" <"$log/tile/entries/000.p/6"
        seed tile "$profile" <"$log/tile/0/000.p/6"
        printf 'log %s\nwitness w %s\ngroup g any w\nquorum g\n' "$vkey" "$vkey" | seed policy "$profile"
    done
    export ALBS_REMEMBER="$work/seeds-rekor.heads"
    expect 0 albs-notarize export --log-key "$work/seeds-rekor/log.vkey" --ledger "$work/seeds-rekor" exported \
        notarized.rekor.json
    for bundle in exported/*.sigstore.json; do
        seed leaf sigstore <"$bundle"
        break
    done
    # More than one frame, and the first checkpoint of a longer history.
    expect 0 albs-notarize files --ledger "$work/seeds-rekor" "$manifest"
    seed journal two-frames <"$work/seeds-rekor/.state/journal"
    for path in tile/0/000 tile/entries/x001/234/067 tile/3/000.p/17; do
        printf %s "$path" | seed path "$(printf %s "$path" | tr / _)"
    done
    seed manifest full <"$ALBS_SOURCE/tests/schema/full.json"
    seed manifest notarized <notarized.rekor.json
    seed json full <"$ALBS_SOURCE/tests/schema/full.json"
    seed json notarized <notarized.rekor.json
    i=0
    nest=$(printf '%064d' 0)
    for text in '[true,false,null,-0,9007199254740991,-9007199254740992,1.5e-3]' \
        '[-9007199254740991,9007199254740992,-9007199254740991]' \
        "$(echo "$nest" | tr 0 '[')$(echo "$nest" | tr 0 ']')" \
        '["fourteen bytes","fifteen bytes: ","sixteen bytes: .","\u0000fourteen by\u00e9"]' \
        '{"fifteen bytes: ":"fifteen bytes: ","sixteen bytes: .":"sixteen bytes: .","sixteen bytes: ,":[{}]}' \
        '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":1,"k":2,"l":3,"m":4,"n":5,"o":6,"p":7,"q":8}' \
        '["\"\\\/\b\f\n\r\t\u0000\u00e9\ud83d\ude00","é😀"]' '{"a":1,"\u0061":2}' ' [ [ ] , { } ] ' \
        '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":1,"k":2,"l":3,"m":4,"n":5,"o":6,"p":7,"q":8,"a":9}'; do
        printf %s "$text" | seed json "text-$((i += 1))"
    done
}
