# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# Workers by ssh: albs-build --runner 'ssh HOST ...', here a server of this test's own on loopback. One of two hosts is
# not there, and a connection that breaks in the middle of a build loses nothing.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
for program in ssh ssh-keygen python3; do
    command -v $program >/dev/null || skip "$program is not installed"
done
PATH=$PATH:/usr/sbin
sshd=$(command -v sshd) || skip 'sshd is not installed'
ALBS_WORKSPACE=$work/.albs
export ALBS_WORKSPACE

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
ssh-keygen -q -t ed25519 -N '' -f host_key && ssh-keygen -q -t ed25519 -N '' -f user_key || fail 'no keys'
cp user_key.pub authorized && chmod 600 authorized
cat >sshd_config <<END
ListenAddress 127.0.0.1:$port
HostKey $work/host_key
AuthorizedKeysFile $work/authorized
PidFile $work/sshd.pid
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
SetEnv PATH=$PATH
END
cat >ssh_config <<END
Host gone
  Port 1
Host *
  HostName 127.0.0.1
  Port $port
  IdentityFile $work/user_key
  IdentitiesOnly yes
  StrictHostKeyChecking no
  UserKnownHostsFile $work/known
  LogLevel ERROR
  BatchMode yes
END
# Root's sshd wants a directory in /run, which is made for it alone.
serve="exec $sshd -D -f $work/sshd_config -E $work/sshd.log"
if [ "$(id -u)" = 0 ]; then
    unshare --mount sh -c "mount -t tmpfs none /run && mkdir /run/sshd && $serve" &
else
    sh -c "$serve" &
fi
server=$!
defer 'kill $server 2>/dev/null; wait $server 2>/dev/null'
tries=0
until ssh -F ssh_config here true 2>>"$err"; do
    tries=$((tries + 1))
    [ $tries -lt 50 ] || skip "sshd does not answer: $(tail -n 1 sshd.log)"
    sleep 0.1
done

package hello
expect 0 albs-build hello.json
made=$(jq -c '.tasks[0].artifacts' "$out")
# The workers have nothing of this run's but the store.
mkdir worker && ln -s "$work/.albs/store" worker/store
ssh="ssh -F $work/ssh_config"
there="env ALBS_WORKSPACE=$work/worker"
again() { rm -rf .albs/tasks worker/tasks; }
again
expect 0 albs-build --runner "$ssh here $there" hello.json
[ "$(jq -c '.tasks[0].artifacts' "$out")" = "$made" ] || fail 'it makes something else by ssh'
[ -d worker/builds ] || fail 'it was not built there'

# A host that does not answer.
again
expect 1 albs-build --runner "$ssh gone $there" hello.json
expect_json '.tasks[0].reason | "\(.kind) \(.message)"' \
    'infrastructure no worker built it: the command ended with status 255: ssh: connect to host 127.0.0.1 port 1: Connection refused'
# Two, of which one does not answer: tasks go to each in turn.
cat >turns.sh <<'END'
echo x >>"$place/turns"
if [ $(($(wc -l <"$place/turns") % 2)) = 1 ]; then host=gone; else host=here; fi
exec ssh -F "$place/ssh_config" $host "$@"
END
again
expect 0 env place="$work" albs-build --runner "sh $work/turns.sh $there" hello.json
expect_stderr 'trouble of a worker, trying once more: the command ended with status 255'

# The connection breaks while it is built: the worker goes on, and the next one waits for it and has its answer.
build='sleep 4; gcc -g slow.c -o slow' spec slow
source_package slow
manifest_of slow >slow.json
cat >breaks.sh <<'END'
echo x >>"$place/broken"
if [ "$(wc -l <"$place/broken")" = 1 ]; then
    cat >"$place/request"
    ssh -F "$place/ssh_config" -o "ControlMaster=yes" -o "ControlPath=$place/control" here "$@" <"$place/request" &
    sleep 2
    kill -9 $!
    exit 255
fi
exec ssh -F "$place/ssh_config" here "$@"
END
again
expect 0 env place="$work" albs-build -v --runner "sh $work/breaks.sh $there" slow.json
expect_stderr 'trouble of a worker, trying once more'
expect_json '.tasks[0].status' ok
[ "$(jq '.tasks[0].resources.elapsed_ms > 3000' "$out")" = true ] || fail 'the answer is not that of the build'
[ "$(wc -l <broken)" = 2 ] || fail "it was asked $(wc -l <broken) times"
