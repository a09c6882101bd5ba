# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# albs-build --store: workers that share no file system with the run take what they need from a bucket and put there
# what they made. The server is moto, which computes each signature with botocore and refuses what differs.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
python=${ALBS_INTEROP:-/nonexistent}/s3/bin/python
[ -x "$python" ] || skip "moto is not installed: there is no $python"
# The first four requests set up a user and the bucket; from then on every one has to be signed.
cat >serve.py <<'END'
import json, os, sys
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "4"
import boto3
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
url = "http://%s:%d" % server.get_host_and_port()
first = dict(endpoint_url=url, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
users = boto3.client("iam", **first)
users.create_user(UserName="builder")
allowed = {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:ListBucket"], "Resource": "*"}
users.put_user_policy(UserName="builder", PolicyName="objects",
                      PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allowed]}))
key = users.create_access_key(UserName="builder")["AccessKey"]
boto3.client("s3", **first).create_bucket(Bucket="builds")
with open(sys.argv[1] + ".new", "w") as file:
    file.write("AWS_ENDPOINT_URL=%s\nAWS_ACCESS_KEY_ID=%s\nAWS_SECRET_ACCESS_KEY=%s\n"
               % (url, key["AccessKeyId"], key["SecretAccessKey"]))
os.rename(sys.argv[1] + ".new", sys.argv[1])
sys.stdin.read()
END
mkfifo held
"$python" -B serve.py account <held >server.log 2>&1 &
server=$!
exec 9>held
defer 'exec 9>&-; kill $server 2>/dev/null; wait $server 2>/dev/null'
tries=0
until [ -s account ]; do
    tries=$((tries + 1))
    if [ $tries -ge 300 ] || ! kill -0 $server 2>/dev/null; then fail "moto does not start: $(tail -n 1 server.log)"; fi
    sleep 0.1
done
unset AWS_SESSION_TOKEN AWS_REGION AWS_DEFAULT_REGION AWS_ENDPOINT_URL_S3 AWS_PROFILE
. ./account
export AWS_ENDPOINT_URL AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
bucket=s3://builds/some/objects

. "$ALBS_SOURCE/tests/root-lib.sh"
plain_platform
empty_package first </dev/null
printf 'BuildRequires: first >= 1\n' | empty_package second
asking third 'echo "second = 1"'
printf 'BuildRequires: first\n' | empty_package fails
sed -i '/^%description/a %prep\necho this is why >&2; false' fails.spec
source_package fails && manifest_of fails >fails.json
cat third.json second.json first.json fails.json |
    jq -cs '.[0] + {sources: map(.sources[]), artifacts: map(.artifacts[])}' >all.json
told() { jq -S '[.tasks[] | {id, status, reason, artifacts, buildroot, srpm, log}] | sort_by(.id)' "$1"; }
build 1 all -j 2 --workspace "$work/.albs"
cp "$out" local.json
[ "$(jq -r '[.tasks[].status] | sort | join(" ")' local.json)" = 'failed ok ok ok' ] || fail "$(jq -c .tasks local.json)"

# The worker's workspace is its own, and so is the store in it.
again() { rm -rf .albs/tasks elsewhere; }
there="env ALBS_WORKSPACE=$work/elsewhere"
again
build 1 all -j 2 --workspace "$work/.albs" --runner "$there" --store "$bucket"
told "$out" >workers && told local.json | diff - workers >&2 || fail 'workers make something else'
[ -d elsewhere/roots ] || fail 'the workers made no roots'
# What this run lacks comes from there, too.
for digest in $(jq -r '.tasks[] | select(.status == "ok" and (.id | startswith("third@"))) | .artifacts[]' "$out"); do
    rm -f "$(object_of "$digest")"
done
again
build 1 all -j 2 --workspace "$work/.albs" --runner "$there" --store "$bucket"
told "$out" | diff workers - >&2 || fail 'it comes to something else with objects that are in the bucket already'
for digest in $(jq -r '.tasks[] | select(.status == "ok") | .artifacts[], .log' "$out"); do
    [ "$(sha256sum <"$(object_of "$digest")")" = "$digest  -" ] || fail "$digest was not brought"
done

# An object in the bucket with other bytes is believed by nobody.
cat >spoil.py <<'END'
import boto3, sys
name = "some/objects/sha256/%s/%s" % (sys.argv[1][:2], sys.argv[1])
bucket = boto3.client("s3", region_name="us-east-1")
size = bucket.head_object(Bucket="builds", Key=name)["ContentLength"]
bucket.put_object(Bucket="builds", Key=name, Body=bytes(size))
END
package hello
again
expect 0 albs-build --workspace "$work/.albs" --runner "$there" --store "$bucket" hello.json
made=$(jq -r '.tasks[0].artifacts[0]' "$out")
"$python" -B spoil.py "$made" || fail 'the bucket cannot be changed'
rm -f "$(object_of "$made")"
again
# The worker finds its own package there already, by its size; this run sees that it is not that.
expect 1 albs-build --workspace "$work/.albs" --runner "$there" --store "$bucket" hello.json
expect_json '.tasks[0].reason | "\(.phase) \(.kind)"' 'setup infrastructure'
expect_stderr 'is not what its digest says'

# Another key is refused by the server; no server at all is no answer.
refused() {
    again
    expect 1 albs-build --workspace "$work/.albs" --runner "$there" --store s3://builds/other hello.json
    expect_json '.tasks[0].reason | "\(.phase) \(.kind)"' 'setup infrastructure'
    expect_stderr "no worker built it: cannot ask for '.*/builds/other/sha256/.*$1"
}
good=$AWS_SECRET_ACCESS_KEY
export AWS_SECRET_ACCESS_KEY=other
refused 'HTTP status 403'
export AWS_SECRET_ACCESS_KEY="$good" AWS_ENDPOINT_URL=http://127.0.0.1:1
refused 'connect'
