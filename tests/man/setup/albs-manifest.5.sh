# SPDX-License-Identifier: GPL-3.0-or-later
# A sealed manifest with a record in each table.
jq -c 'del(.stages)' "$ALBS_SOURCE/tests/schema/full.json" | albs-echo >manifest.json 2>"$err"
