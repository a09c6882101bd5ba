# SPDX-License-Identifier: GPL-3.0-or-later
# --platforms that is no list of platforms is one error with the line, for the build and for each verb.
. "$ALBS_SOURCE/tests/lib.sh"
echo '{"schema":"albs.manifest/1","sources":[],"tasks":[]}' >empty.json
refused() {
    for verb in '' lock plan; do
        # shellcheck disable=SC2086 # one word or none
        expect_refusal "$1" "$2" albs-build $verb --platforms "$3" --platform x <empty.json
    done
}
. "$ALBS_SOURCE/tests/fixture/bad-platforms.sh"
