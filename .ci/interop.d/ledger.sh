# SPDX-License-Identifier: GPL-3.0-or-later
# ledger.sh DIR: the verifiers in Go that tests/interop/*.sh ask for with go_tool, one source of truth for versions. What
# cannot be had makes its test skip, with the reason.
set -u
cd "$(dirname "$0")/../.." || exit 1
cache="${ALBS_INTEROP_CACHE:-/var/tmp/albs-interop-$(id -u)}"
mkdir -p "$cache/bin"
command -v go >/dev/null || { echo 'no go here'; exit 0; }
sed -n 's/^go_tool \([^ ]*\) \([^ ]*\)$/\1 \2/p' tests/interop/*.sh | sort -u | while read -r name module; do
    [ ! -x "$cache/bin/$name" ] || continue
    echo "installing $name ($module)"
    GOBIN="$cache/bin" GOPATH="$cache/go" GOCACHE="$cache/build" timeout 800 go install "$module" </dev/null ||
        echo "cannot install $module"
done
