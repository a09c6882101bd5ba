# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# sigstore-python reads the trusted root that export writes, with one key and after a change of keys.
. "$ALBS_SOURCE/tests/lib.sh"
cache="${ALBS_INTEROP_CACHE:-/var/tmp/albs-interop-$(id -u)}"
python="$cache/sigstore-python/bin/python"
version=4.5.1
if ! "$python" -c 'import sigstore' 2>/dev/null; then
    mkdir -p "$cache"
    { python3 -m venv "$cache/sigstore-python" && timeout 400 "$cache/sigstore-python/bin/pip" -q install sigstore==$version; } \
        >pip.log 2>&1 || skip "sigstore-python $version cannot be installed: $(tail -n 1 pip.log)"
fi
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
make_files 2
cat >read.py <<'END'
import sys
from sigstore.models import TrustedRoot
from sigstore_models.trustroot.v1 import TrustedRoot as Parsed
TrustedRoot.from_file(sys.argv[1])
for log in Parsed.from_json(open(sys.argv[1]).read()).tlogs:
    print(log.base_url, log.public_key.key_details.value if hasattr(log.public_key.key_details, "value") else log.public_key.key_details)
END
expect 0 albs-notarize files files/0
cp "$out" one.json
expect_from 0 one.json albs-notarize export --log-key "$key" one
expect 0 "$python" read.py one/trusted_root.json
expect_stdout '^https://log.example.org .*ED25519'
expect 0 albs-notarize rotate-key
expect 0 albs-notarize files files/1
cp "$out" m.json
expect 0 albs-notarize export --log-key "$key" two m.json
expect 0 "$python" read.py two/trusted_root.json
[ "$(grep -c '^https://log.example.org ' "$out")" = 2 ] || fail 'not both keys'
# It would say so: a root without its members is refused.
jq 'del(.ctlogs)' one/trusted_root.json >bad.json
expect 1 "$python" read.py bad.json
