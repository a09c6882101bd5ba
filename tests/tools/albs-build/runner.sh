# SPDX-License-Identifier: GPL-3.0-or-later
# --runner: each task is built by a command that runs the same program elsewhere. What was built before, and what specs
# ask for while they are built, reach the workers through the store; a worker that shares nothing but the store is
# enough. It comes to the same packages as a build here.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"

# What is no runner ends the run before anything is begun.
package hello
refused() {
    status=$1 words=$2
    shift 2
    expect_refusal "$status" "$words" albs-build "$@" hello.json
    [ ! -e .albs/builds ] || fail 'something was begun'
}
refused 5 "--runner: program 'no-such-program' is not there" --runner 'no-such-program host'
refused 5 "--runner: program './hello.spec' is not there" --runner ./hello.spec
refused 2 '--runner: a quote is not closed in' --runner "sh -c 'x"
refused 2 '--runner: there is no command in' --runner ' '
refused 2 "is no time" --runner env --runner-timeout soon
refused 2 '--runner-timeout is for --runner' --runner-timeout 2h
refused 2 '--store is for --runner and --task' --store s3://builds
for bucket in builds http://builds/x s3:// s3:///x 's3://builds/a b' s3://builds//x 's3://builds/x?y'; do
    refused 2 '--store: ' --runner env --store "$bucket"
done
(unset AWS_ACCESS_KEY_ID; refused 5 '--store: there is no key' --runner env --store s3://builds) || exit 1
(AWS_ENDPOINT_URL=ftp://x AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x; unset AWS_ENDPOINT_URL_S3
    export AWS_ENDPOINT_URL AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
    refused 5 'AWS_ENDPOINT_URL: it is not' --runner env --store s3://builds) || exit 1
refused 2 '--task: what is built, and where, is said by the task' --task --with tests
refused 2 '--task: what is built' --task --runner env
refused 3 '--task: the manifest does not ask for one task to be built' --task
example_platform
if command -v mock >/dev/null; then
    expect_refusal 2 '--runner' albs-build --platforms example.yaml --platform example-9 --backend mock --runner env hello.json
fi
# A dry run asks nobody.
expect 0 albs-build -n --runner false hello.json
expect_stderr 'would build'

# Any command that carries standard input and output, with quotes as in a shell; make is one.
cat >worker.mk <<'END'
run:
	@$(WORDS)
END
build_with() {
    rm -rf .albs/tasks
    expect 0 albs-build --runner "$1" hello.json
    expect_json '.tasks[0].status' ok
    [ "$(jq -c '[.artifacts[] | select(.kind == "rpm").sha256]' "$out")" = "$made" ] || fail "'$1' makes something else"
}
expect 0 albs-build hello.json
made=$(jq -c '[.artifacts[] | select(.kind == "rpm").sha256]' "$out")
# shellcheck disable=SC2016 # for the shell in there
for runner in env 'sh -c "exec \"\$@\"" --' 'sh -c '\''exec "$@"'\'' sh' 'sh -c "exec make -s -f worker.mk WORDS=\"\$*\"" --' \
    'sh -c "eval \"\$*\"" --'; do
    build_with "$runner"
done

# Roots: as one machine builds it, so do workers.
. "$ALBS_SOURCE/tests/root-lib.sh"
plain_platform
empty_package first </dev/null
printf 'BuildRequires: first >= 1\nProvides: middle(word) = 7\n' | empty_package second
printf 'BuildRequires: middle(word) = 7\nRequires: first\n' | empty_package third
asking fourth 'echo "third = 1"; echo middle\(word\) = 7'
printf 'BuildRequires: fails\n' | empty_package after
printf 'BuildRequires: first\n' | empty_package fails
sed -i '/^%description/a %prep\necho this is why >&2; false' fails.spec
source_package fails && manifest_of fails >fails.json
cat after.json fourth.json third.json second.json first.json fails.json |
    jq -cs '.[0] + {sources: map(.sources[]), artifacts: map(.artifacts[])}' >all.json
build 1 all -j 2 --workspace "$work/.albs"
told() { jq -S '[.tasks[] | {id, status, reason, artifacts, buildroot, srpm, log, isolation: .isolation.sandbox}] | sort_by(.id)' "$1"; }
cp "$out" local.json
[ "$(jq -r '[.tasks[].status] | sort | join(" ")' local.json)" = 'failed ok ok ok ok skipped' ] || fail "$(jq -c .tasks local.json)"
# The workers have a workspace of their own, of which only store/ is that of the run.
mkdir -p elsewhere
ln -s "$work/.albs/store" elsewhere/store
rm -rf .albs/tasks
build 1 all -j 2 --workspace "$work/.albs" --runner "env ALBS_WORKSPACE=$work/elsewhere"
told "$out" >workers && told local.json | diff - workers >&2 || fail 'workers make something else'
[ -d elsewhere/roots ] || fail 'the workers made no roots'
for digest in $(jq -r '.packages[].sha256' "$(object_of "$(jq -r '.tasks[] | select(.source | startswith("fourth@")).buildroot' "$out")")"); do
    [ -e "$(object_of "$digest")" ] || fail "package $digest is not in the store"
done
expect_stderr 'first@.*: built 2 packages'
cp "$out" workers.json
# The same again: nobody is asked.
build 1 all -j 2 --workspace "$work/.albs" --runner false
[ "$(jq -c .tasks "$out")" = "$(jq -c .tasks workers.json)" ] || fail 'the second run comes to something else'
# It is told where what a task waits for was lost with its worker.
rm -rf .albs/tasks
build 1 all -j 2 --workspace "$work/.albs" --runner false
expect_json '[.tasks[] | "\(.status) \(.reason.kind)"] | unique | join(", ")' 'failed infrastructure, skipped dependency'
