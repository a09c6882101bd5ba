# SPDX-License-Identifier: GPL-3.0-or-later
# Options that cannot be together are one error, of the build, of its plan and of its lock alike; nothing is done.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/mock-lib.sh"
package greet
# refused WORDS VERBS OPTION...: each of the verbs says so; build is the tool's own job.
refused() {
    words=$1 verbs=$2
    shift 2
    for verb in $verbs; do
        case $verb in
        build) expect_refusal 2 "error: $words" albs-build "$@" greet.json ;;
        plan) expect_refusal 2 "error: $words" albs-build plan "$@" greet.json ;;
        lock) expect_refusal 2 "error: $words" albs-build lock "$@" greet.src.rpm ;;
        esac
        [ ! -e .albs/builds ] && [ ! -e .albs/metadata ] || fail "'$verb $*' made something"
    done
}
all='build plan lock'
example='--platforms example.yaml --platform example-9'
# shellcheck disable=SC2086 # lists of words
{
    refused "--with 'x' and --without 'x' contradict each other" "$all" --with a --with x --without x
    refused "--with 'a' and --define '_without_a' contradict each other" "$all" --with a --define '_without_a 1'
    refused "--without 'a' and --define '_with_a' contradict each other" "$all" --without a --define '_with_a --with'
    refused "--define 'abc' gives the macro two bodies" "$all" --define 'abc 1' --define 'abc 2'
    refused "'1x' is no name of a macro" "$all" --define '1x y'
    refused "'a-b' is no name of a macro" "$all" --define 'a-b y'
    refused "module 'n' cannot be of stream '1' and of '2'" "$all" $example --module-enable n:1 --module-enable m:1 \
        --module-enable n:2
    refused "module 'n' cannot be of stream '1' and of '2'" "$all" $example --module-enable n:1:2024/common \
        --module-enable n:2:2024
    refused "--exclude '**' leaves no package for a root" "$all" $example --exclude 'a*' --exclude '**'
    refused "--exclude '?*' leaves no package for a root" "$all" $example --exclude '?*'
    expect_refusal 2 "error: --rebuild-dependants is for roots of packages, and backend 'host' makes none" \
        albs-build plan --rebuild-dependants greet.json
    refused "platform 'host' has no repositories to make a root for backend 'chroot' of" "$all" --backend chroot
    refused "--target-arch is for the backend mock, and this is 'chroot'" "$all" $example --target-arch i686
    for option in '--linked made' '--module-enable n:1' '--exclude a'; do
        refused "--linked, --module-enable and --exclude are for roots, and backend host has none" "$all" $option
        refused "--linked, --module-enable and --exclude are for roots, and backend host has none" "build plan" \
            $example --backend host $option
    done
    for option in '--repo http://repo.example.org/' '--platform-id platform:el9' '--release 9' --weak; do
        for backend in host mock; do
            refused "${option%% *} is for roots of packages, and backend '$backend' makes none" "build plan" \
                $example --backend $backend $option
        done
    done
    refused '--offline is for roots of ours, and mock asks the servers for its own' "build plan" $example --backend \
        mock --offline
    for backend in host mock; do
        refused "a lock is of a root of ours, and backend '$backend' makes none" lock $example --backend $backend
    done
    # A lock says what there is.
    echo '{}' >root.json
    for option in '--module-enable n:1' '--exclude a' '--linked made' '--repo http://repo.example.org/' --weak \
        '--release 9' '--platform-id platform:el9'; do
        refused "--lock says what the root has, and ${option%% *} would change nothing" build $example --lock \
            root.json $option
    done
    for option in '--module-enable n:1' '--exclude a' --weak '--platform-id platform:el9'; do
        for given in --lock --import; do
            expect_refusal 2 "error: $given says what the root has, and ${option%% *} would change nothing" \
                albs-build lock $example $given root.json $option
        done
    done
}
for option in '--with=x' '--without=x' '--define=a b'; do
    expect_refusal 2 'error: --with, --without and --define change what a source package needs, and none is given' \
        albs-build lock --platforms example.yaml --platform example-9 "$option" bash
done
# The streams of a module that go together, and the same condition twice, are no contradiction.
expect 0 albs-build -n --platforms example.yaml --platform example-9 --with x --with x --module-enable n \
    --module-enable n:1 --module-enable n:1:2024 greet.json
expect 0 albs-build -n --define 'abc 1' --define 'abc 1' --define 'with_options(a) %1' --with a --define '_with_a 1' greet.json
# What the package asks for counts as well.
echo '{"greet": {"*": {"mock_options": {"without": ["x"]}}}}' >configs.json
for verb in '' plan; do
    # shellcheck disable=SC2086 # no word or one
    expect_refusal 2 "error: package 'greet' in 'configs.json': --with 'x' and --without 'x' contradict each other" \
        albs-build $verb --with x --build-configs configs.json greet.json
done
