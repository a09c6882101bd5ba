# SPDX-License-Identifier: GPL-3.0-or-later
# The rooms of the house, from the bottom to the top: a file includes its own room and rooms above it in this table,
# never one below, so that there is no circle. The drivers, in one line, do not know each other. ARCHITECTURE.md says
# what is in each room.
. "$ALBS_SOURCE/tests/lib.sh"

cat >table <<'END'
base
sys
albs/json
albs/crypto
albs/log
albs/manifest
albs/buildroot
albs/statement
albs/evidence
albs/ledger
albs/audit
albs/sbom
albs/formats
git http gpg rpm repo solve modules metalink platform sandbox store distgit
repositories
root
cli
END
# faults_below FOLDER: what the files below it include against the table, and folders that are not in it.
faults_below() {
    (cd "$1" && grep -rnoE --include='*.cpp' --include='*.hpp' '#include "[^"]+/[^"/]+"' .) |
        sed 's,^\./,,; s/:#include "/:/; s/"$//' |
        awk -F: -v table="$work/table" '
            function room(path) { sub("/[^/]*$", "", path); return path }
            BEGIN { while ((getline line < table) > 0) { floor++; n = split(line, names, " "); for (i = 1; i <= n; i++) at[names[i]] = floor } }
            { here = room($1); there = room($3) }
            !(here in at) { print $1 ": the room " here " is not in the table"; next }
            !(there in at) { print $1 ":" $2 ": includes " $3 ", which is in no room"; next }
            at[there] > at[here] || (at[there] == at[here] && there != here) { print $1 ":" $2 ": " here " does not include " $3 }'
}
faults_below "$ALBS_SOURCE/lib" >"$out"
[ ! -s "$out" ] || fail 'see above'
loose=$(find "$ALBS_SOURCE/lib" "$ALBS_SOURCE/lib/albs" -maxdepth 1 -name '*.?pp')
[ -z "$loose" ] || fail "in no room: $loose"

# The test itself sees what it is to see.
mkdir -p house/base house/albs/log house/git house/http house/attic
echo '#include "sys/file.hpp"' >house/base/up.cpp
echo '#include "albs/log/note.hpp"' >house/albs/log/same.cpp
echo '#include "http/http.hpp"' >house/git/beside.cpp
echo '#include "base/result.hpp"' >house/http/down.cpp
echo '#include "base/result.hpp"' >house/attic/loose.cpp
faults_below house >seen
[ "$(cut -d: -f1 seen | sort | tr '\n' ' ')" = 'attic/loose.cpp base/up.cpp git/beside.cpp ' ] ||
    fail "it sees: $(cat seen)"
