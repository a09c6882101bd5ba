# SPDX-License-Identifier: GPL-3.0-or-later
# It cannot reach a network: no library that could is linked, and it works where there is none.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/sbom.sh"
objdump -p "$ALBS_BIN/albs-sbom" >direct || fail 'no objdump'
grep -q 'NEEDED.*libalbs' direct || fail 'objdump lists no libraries'
grep -aqE 'albs-(http|git|repo|solve)' "$ALBS_BIN/albs-sbom" && fail 'it can load a module that it has no business with'
grep -E 'NEEDED.*(curl|git2|ssh|gpgme|solv)' direct && fail 'it links a library that it has no business with'
unshare -rn true 2>/dev/null || { echo 'the rest is skipped: no network namespaces here'; exit 0; }
make_packages
expect 0 unshare -rn "$ALBS_BIN/albs-sbom" "$binary" -o doc.json
expect 0 unshare -rn "$ALBS_BIN/albs-sbom" verify doc.json "$binary"
expect_stdout ' 0 missing, 0 false$'
