# SPDX-License-Identifier: GPL-3.0-or-later
# An option that the backend would pass over is refused, and so is an architecture that mock cannot build for.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/mock-lib.sh"
package greet
# refused STATUS WORDS BACKEND OPTION...
refused() {
    status=$1 words=$2 backend=$3
    shift 3
    expect_refusal "$status" "$words" albs-build --platforms example.yaml --platform example-9 --backend "$backend" \
        "$@" <greet.json
    [ ! -e called/words ] || fail 'mock was run'
}
refused 2 "--repo is for roots of packages, and backend 'mock' makes none" mock --repo http://repo.example.org/
refused 2 "--repo is for roots of packages, and backend 'host' makes none" host --repo http://repo.example.org/
refused 2 '--offline is for roots of ours, and mock asks the servers for its own' mock --offline
for backend in chroot host; do
    refused 2 "--target-arch is for the backend mock, and this is '$backend'" $backend --target-arch i686
done
for bad in vax 'a b' /; do
    refused 3 "there is no machine that mock can build for '$bad' on" mock --target-arch "$bad"
done
for option in --linked --module-enable --exclude; do
    refused 2 "--linked, --module-enable and --exclude are for roots, and backend host has none" host $option "perl:5"
done
# The same when it is the package that asks for it.
echo '{"greet": {"*": {"mock_options": {"target_arch": "i686"}}}}' >configs.json
refused 2 "package 'greet' in 'configs.json': --target-arch is for the backend mock" host --build-configs configs.json
expect_from 0 greet.json albs-build --platforms example.yaml --platform example-9 --backend mock --build-configs \
    configs.json
config 'config_opts["target_arch"] == "i686"'
