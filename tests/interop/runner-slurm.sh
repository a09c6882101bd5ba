# SPDX-License-Identifier: GPL-3.0-or-later
# label: interop
# Workers by Slurm: albs-build --runner 'srun ...' on a cluster of two nodes that this test starts on this machine. One
# of them is killed in the middle of a build: its task is built on the other, and nothing is lost or built twice.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
PATH=$PATH:/usr/sbin
for program in srun sinfo slurmctld slurmd python3; do
    command -v $program >/dev/null || skip "$program is not installed"
done
ALBS_WORKSPACE=$work/.albs SLURM_CONF=$work/slurm.conf place=$work
export ALBS_WORKSPACE SLURM_CONF place

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
host=$(hostname) me=$(id -un)
mkdir state spool
cat >slurm.conf <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
AuthType=auth/none
CredType=cred/none
SlurmUser=$me
SlurmdUser=$me
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool/%n
SlurmctldPidFile=$work/ctld.pid
SlurmdPidFile=$work/slurmd-%n.pid
SlurmctldLogFile=$work/ctld.log
SlurmdLogFile=$work/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/linear
SlurmdTimeout=5
MessageTimeout=3
MpiDefault=none
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$(free_port)
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$(free_port)
PartitionName=all Nodes=n1,n2 Default=YES State=UP
END
# daemon NAME COMMAND...: its pid in the variable NAME.
daemon() {
    name=$1
    shift
    "$@" >"$name.out" 2>&1 &
    eval "$name=$!"
    defer "kill \$$name 2>/dev/null; wait \$$name 2>/dev/null"
}
daemon ctld slurmctld -D -f "$SLURM_CONF"
daemon n1 slurmd -D -N n1 -f "$SLURM_CONF"
daemon n2 slurmd -D -N n2 -f "$SLURM_CONF"
tries=0
until [ "$(timeout 20 srun -n2 -N2 --quiet sh -c 'echo $SLURMD_NODENAME' 2>"$err" | sort | tr '\n' ' ')" = 'n1 n2 ' ]; do
    tries=$((tries + 1))
    [ $tries -lt 15 ] || skip "the cluster does not start here: $(tail -n 1 "$err")"
    sleep 1
done

for name in one two three four five six; do
    build="sleep 4; gcc -g $name.c -o $name" spec $name
    source_package $name
    manifest_of $name >$name.json
done
cat one.json two.json three.json four.json five.json six.json |
    jq -cs '.[0] + {sources: map(.sources[]), artifacts: map(.artifacts[])}' >all.json
# What a node runs: it notes which worker begins there, and which process it is.
cat >note.sh <<'END'
echo "$SLURMD_NODENAME" >>"$place/begun"
echo "$$ $PPID" >"$place/on-$SLURMD_NODENAME"
exec "$@"
END
albs-build -j 2 -o built.json --runner "srun -n1 -N1 --quiet sh $work/note.sh" all.json >"$out" 2>"$err" &
run=$!
tries=0
until [ -e on-n1 ] && [ "$(wc -l <begun)" -ge 2 ]; do
    tries=$((tries + 1))
    [ $tries -lt 300 ] || fail 'no worker began on n1'
    sleep 0.1
done
sleep 2
# The node goes, with its daemon and all that runs there.
read -r worker step <on-n1
kill -9 "$n1" "$step" "$worker"
got=0
wait $run || got=$?
[ $got = 0 ] || fail "albs-build gave status $got"
keep_manifest built.json
cp built.json "$out"
expect_json '[.tasks[].status] | unique | join(" ")' ok
expect_json '.tasks | length' 6
expect_stderr 'trouble of a worker, trying once more: the command ended with status .*: srun: error: .*n1'
[ "$(sort begun | uniq -c | awk '$2 == "n1" { print $1 }')" -ge 1 ] || fail 'nothing was begun on n1'
# Each was begun once, and that of the node twice.
[ "$(wc -l <begun)" = 7 ] || fail "workers began $(wc -l <begun) times: $(cat begun)"
for digest in $(jq -r '.tasks[].artifacts[]' built.json); do
    object=.albs/store/sha256/$(printf %.2s "$digest")/$digest
    [ "$(sha256sum <"$object" | cut -d' ' -f1)" = "$digest" ] || fail "$digest is not whole"
done
