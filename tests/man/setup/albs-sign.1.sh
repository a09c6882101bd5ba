# SPDX-License-Identifier: GPL-3.0-or-later
# A notarized build of one package, the same as files (built, and signed in signed/), a key, and files that are no RPM.
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/built.sh"
make_key team
GNUPGHOME="$work/gpg-team"
KEY=$team_key
export GNUPGHOME KEY
notarize_built
ln -s "$work/built" built
cp "$work/team.asc" .
albs-sign -q --key "$KEY" --output signed <notarized.json >"$out" 2>"$err" || fail 'not signed'
echo 'SHA256 (image.iso) = 00' >CHECKSUM
echo image >image.iso
