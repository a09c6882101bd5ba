# SPDX-License-Identifier: GPL-3.0-or-later
# For every tests/**/*.sh: a private directory, tools on PATH, and expectations that name what they wanted.
# Sourced with ALBS_BIN (the build tree's tools/) and ALBS_SOURCE (the checkout) in the environment, as CTest sets them.
set -u
: "${ALBS_BIN:?run me through ctest, or set ALBS_BIN to BUILD/tools}"
: "${ALBS_SOURCE:?run me through ctest, or set ALBS_SOURCE to the checkout}"
PATH="$ALBS_BIN:$PATH"
LC_ALL=C
TZ=UTC
# git without the machine's configuration and the caller's repository.
GIT_CONFIG_NOSYSTEM=1
GIT_CONFIG_GLOBAL=/dev/null
unset ALBS_WORKSPACE ALBS_LEDGER ALBS_REMEMBER SOURCE_DATE_EPOCH GNUPGHOME
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS
export PATH LC_ALL TZ GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL
work=$(mktemp -d "${TMPDIR:-/tmp}/albs-test-XXXXXX")
HOME="$work/home"
XDG_STATE_HOME="$work/state"
export HOME XDG_STATE_HOME
mkdir -p "$HOME"
out="$work/.out"
err="$work/.err"
at_exit=:
# Commands for the end of the test, the latest first: servers stop, agents go.
defer() { at_exit="$1; $at_exit"; }
trap 'status=$?; set +e; [ $status -ne 0 ] || validate_manifests || status=1; eval "$at_exit"; chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"; exit $status' EXIT
trap 'exit 130' INT TERM
cd "$work" || exit 1

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    printf -- '--- stdout\n%s\n--- stderr\n%s\n' "$(head -c 3000 "$out" 2>/dev/null)" \
        "$(head -c 3000 "$err" 2>/dev/null)" >&2
    exit 1
}
skip() {
    printf 'SKIPPED: %s\n' "$*"
    exit 77
}
# Every manifest that a test sees is held to the JSON Schema, all at once at its end (python takes its time to start).
manifests=0
collect_manifest() {
    case $(head -c 27 "$out" 2>/dev/null | tr -d '\0') in
    '{"schema":"albs.manifest/1"') keep_manifest "$out" ;;
    esac
}
keep_manifest() {
    manifests=$((manifests + 1))
    mkdir -p "$work/.manifests" && cp "$1" "$work/.manifests/$manifests.json"
}
validate_manifests() {
    [ $manifests -gt 0 ] && python3 -c 'import jsonschema' 2>/dev/null || return 0
    python3 "$ALBS_SOURCE/tests/schema/validate.py" "$work"/.manifests/*.json >&2
}
# expect STATUS COMMAND...: runs it, keeps stdout in $out and stderr in $err.
expect() {
    wanted=$1
    shift
    got=0
    "$@" >"$out" 2>"$err" || got=$?
    [ "$got" = "$wanted" ] || fail "'$*' gave status $got, wanted $wanted"
    collect_manifest
}
# The same with stdin from a file.
expect_from() {
    wanted=$1
    input=$2
    shift 2
    got=0
    "$@" <"$input" >"$out" 2>"$err" || got=$?
    [ "$got" = "$wanted" ] || fail "'$* < $input' gave status $got, wanted $wanted"
    collect_manifest
}
expect_stdout() { grep -qe "$1" "$out" || fail "stdout has no '$1'"; }
expect_stderr() { grep -qe "$1" "$err" || fail "stderr has no '$1'"; }
# expect_refusal STATUS WORDS COMMAND...: nothing on stdout, and one error, which has these words.
expect_refusal() {
    refusal_status=$1 refusal_words=$2
    shift 2
    expect "$refusal_status" "$@"
    expect_empty_stdout
    [ "$(grep -c '^[a-z-]*: error: ' "$err")" = 1 ] || fail "'$*' gave other than one error"
    grep -qF -e "$refusal_words" "$err" || fail "stderr has no '$refusal_words'"
}
expect_no_stderr() { [ ! -s "$err" ] || fail "stderr is not empty"; }
expect_empty_stdout() { [ ! -s "$out" ] || fail "stdout is not empty"; }
# expect_json FILTER: jq's answer on stdout's manifest is true.
expect_json() { [ "$(jq -r "$1" "$out" 2>>"$err")" = "${2:-true}" ] ||
    fail "jq '$1' is '$(jq -c "$1" "$out" 2>&1 | head -c 400)', wanted '${2:-true}'"; }
same() { cmp -s "$1" "$2" || fail "'$1' and '$2' differ"; }
