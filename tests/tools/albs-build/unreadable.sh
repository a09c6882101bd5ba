#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A file that says what is built on, and is not there, is status 2; one that may not be read is status 3: platforms,
# configurations of packages, repositories, keys, locks.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/fixture/plain-user.sh"
plain_user
package greet
echo '- {name: x, type: rpm, distr_type: rhel, distr_version: "9", arch_list: [x86_64]}' >closed.yaml
echo '{}' >closed.json
example_platform
printf '[x]\nbaseurl=file:///nonexistent\n' >closed.repo
chmod 0 closed.*
mkdir directory
chmod -R a+rwX .albs
if $as_user test -r closed.yaml; then skip 'a plain user may read what nobody may'; fi
# each STATUS WORDS OPTION...: of the build and of each verb.
each() {
    status=$1 words=$2
    shift 2
    for verb in '' plan lock; do
        # shellcheck disable=SC2086 # one word or none
        expect_refusal "$status" "$words" $as_user albs-build $verb "$@" <greet.json
        [ ! -e .albs/metadata ] || fail "'$*' left something"
    done
}
each 3 "cannot open 'closed.yaml': Permission denied" --platforms closed.yaml --platform x
each 3 "cannot open 'closed.repo': Permission denied" --platforms example.yaml --platform example-9 --repo closed.repo
expect_refusal 3 "cannot open 'closed.json': Permission denied" $as_user albs-build --build-configs closed.json greet.json
expect_refusal 2 "cannot open 'missing': No such file or directory" albs-build --build-configs missing greet.json
expect_refusal 2 "cannot read 'directory': Is a directory" albs-build --build-configs directory greet.json
expect_refusal 2 "cannot open 'missing': No such file or directory" albs-build --lock missing greet.json
