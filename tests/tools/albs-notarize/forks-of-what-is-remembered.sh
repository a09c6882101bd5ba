# SPDX-License-Identifier: GPL-3.0-or-later
# Who has the log's key can sign two histories, and each proof looks right by itself. Also where no log is read, proofs
# are held against what this machine remembers of their log: on every route, at every gate.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key signer
build_packages tiny
built_manifest >built.json
export ALBS_LEDGER="$work/ledger"
expect 0 albs-notarize init --origin log.example.org
key="$work/log.vkey"
cp "$ALBS_LEDGER/log.vkey" "$key"
cp -a "$ALBS_LEDGER" fork
verify() { albs-notarize verify --log-key "$key" "$@"; }
# history LEDGER STATE: one file, the built packages, one file, in one commit each.
history() (
    export ALBS_LEDGER="$1" XDG_STATE_HOME="$2"
    echo "$1" >first
    albs-notarize -q files first >"$3/first.json" &&
        albs-notarize -q <built.json >"$3/built.json" && cp first "$3/last" && echo last >>"$3/last" &&
        albs-notarize -q files "$3/last" >"$3/last.json"
)
mkdir true false
history "$ALBS_LEDGER" "$XDG_STATE_HOME" true || fail 'not recorded'
history "$work/fork" "$work/fork.state" false || fail 'not recorded in the fork'
unset ALBS_LEDGER
# The writer's machine remembers each of its checkpoints, also those that it went on from.
for one in first built last; do
    expect 0 verify true/$one.json
    expect 4 verify -n false/$one.json
    [ -z "$(find "$XDG_STATE_HOME" -name '*.split')" ] || fail 'a dry run saved something'
    expect 4 verify false/$one.json
    expect_empty_stdout
    expect_stderr 'two histories'
    # Of an earlier size nothing is left but its root, which proves nothing to others.
    if [ $one != last ]; then
        [ -z "$(find "$XDG_STATE_HOME" -name '*.split')" ] || fail 'two checkpoints were saved that prove nothing'
        continue
    fi
    # Both are saved: what was shown, and the last that is remembered.
    split=$(echo "$XDG_STATE_HOME"/albs/heads/*.split)
    for shown in fork/checkpoint ledger/checkpoint; do
        cat "$split"/*.checkpoint | grep -qF "$(tail -n 1 $shown)" || fail "the signature of $shown is not saved"
    done
    grep -qF "hint: both checkpoints, with their signatures, are in '$split/" "$err" || fail 'nobody says where'
    rm -r "$split"
done
expect 4 verify false/built.json built/tiny-1-1.noarch.rpm
# Beside files, and in what a repository carries.
expect_from 4 false/last.json albs-notarize export -q --log-key "$key" handed-on
expect_stderr 'two histories'
[ -z "$(find handed-on -type f)" ] || fail 'something was exported'
for one in true false; do
    expect_from 0 $one/last.json env XDG_STATE_HOME="$work/$one.none" albs-notarize export -q --log-key "$key" $one
done
expect 0 verify true/last
expect 4 verify false/last
expect_stderr 'two histories'
# The gates: not a ledger, but the memory. A waiver does not cover it.
sign() { albs-sign -q --log-key "$key" --key "$signer_key" --gnupghome gpg-signer "$@"; }
expect_from 4 false/built.json sign
expect_empty_stdout
expect_stderr 'two histories'
expect_from 4 false/built.json sign --waive 'notarization=never mind'
expect_from 0 true/built.json sign
# What is remembered but cannot be looked at, or others may change, is not "never seen".
memory="$XDG_STATE_HOME/albs/heads"
head=$(printf log.example.org | sha256sum | cut -c1-64)
for wrong in "$work/first" "$work/first/below"; do
    ALBS_REMEMBER="$wrong" expect 5 verify false/built.json
    expect_empty_stdout
    expect_stderr 'Not a directory'
done
chmod 666 "$memory/$head.seen"
expect 5 verify true/built.json
expect_stderr "everybody may write to '.*/$head.seen'"
chmod 644 "$memory/$head.seen"
# Who removes the head because the log is gone gets a new log of the name, and no false alarm.
cp -a "$memory" memory.saved
rm "$memory/$head"
expect 0 albs-notarize init --ledger again --origin log.example.org
for one in first true/last; do
    expect 0 albs-notarize -q files --ledger again $one
    cp "$out" again.json
    expect 0 albs-notarize verify --log-key again/log.vkey again.json
done
rm -r "$memory"
cp -a memory.saved "$memory"

# A verifier who saw the log only once, later: it cannot tell, and says what it lacks; also of a true proof. With the log
# it can.
export XDG_STATE_HOME="$work/verifier"
expect 0 verify --ledger ledger true/last.json
for one in true false; do
    expect 1 verify $one/built.json
    expect_stdout '^absent tiny-1-1.noarch.rpm '
    expect_stderr "this machine remembers the log 'log.example.org' with [0-9]* entries.*cannot be told without the log"
    expect_from 1 $one/built.json sign
    expect_json '.signatures | length' 0
done
XDG_STATE_HOME="$work/gate.none" expect_from 0 true/built.json env ALBS_LEDGER="$work/ledger" albs-sign -q --log-key "$key" --key "$signer_key" --gnupghome gpg-signer
expect 0 verify -n --ledger ledger true/built.json
expect 1 verify true/built.json # nothing was remembered
expect 0 verify --ledger ledger true/built.json
expect 4 verify --ledger ledger false/built.json
expect 0 verify true/built.json # the log showed that this proof is of its history
expect 0 verify --require build true/built.json built/tiny-1-1.noarch.rpm
expect 1 verify true/first.json
expect 4 verify false/built.json
expect_from 0 true/built.json env ALBS_LEDGER="$work/ledger" albs-sign -q --log-key "$key" --key "$signer_key" --gnupghome gpg-signer
expect_from 4 false/built.json env ALBS_LEDGER="$work/ledger" albs-sign -q --log-key "$key" --key "$signer_key" --gnupghome gpg-signer
# Renewed, it is known by itself.
expect_from 0 true/built.json albs-notarize prove --ledger ledger --log-key "$key"
cp "$out" renewed.json
expect 0 verify renewed.json
# Who remembers nothing takes what the key signed.
XDG_STATE_HOME="$work/stranger" expect 0 verify true/built.json
XDG_STATE_HOME="$work/stranger" expect 0 verify false/built.json
