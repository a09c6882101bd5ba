# SPDX-License-Identifier: GPL-3.0-or-later
# The JSON Schema and the decoder refuse the same documents, as far as a schema can speak.
. "$ALBS_SOURCE/tests/lib.sh"
python3 -c 'import jsonschema' 2>/dev/null || skip 'python3-jsonschema is not installed'
expect 0 python3 "$ALBS_SOURCE/tests/schema/agreement.py" "$ALBS_BUILD/tests/albs-echo"
expect_stdout ' 0 disagreements$'
