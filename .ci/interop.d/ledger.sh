# SPDX-License-Identifier: GPL-3.0-or-later
# ledger.sh DIR: the verifiers that tests/interop/*.sh ask for with go_tool, go_program and rust_program, so that no
# test has to wait for one. What cannot be had makes its test skip, with the reason.
set -u
cd "$(dirname "$0")/../.." || exit 1
ALBS_SOURCE=$PWD
tool_patience=800
skip() {
    printf '%s\n' "$*"
    exit 0
}
. tests/interop/go_tool.inc
sed -n 's/^\(go_tool\|go_program\|rust_program\) \(.*\)$/\1 \2/p' tests/interop/*.sh | sort -u |
    while read -r want name module; do
    echo "$name"
    ( "$want" "$name" ${module:+"$module"} ) </dev/null
done
