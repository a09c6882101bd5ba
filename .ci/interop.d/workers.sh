# SPDX-License-Identifier: GPL-3.0-or-later
# workers.sh DIR: a server of ssh and a cluster, for tests/interop/runner-ssh.sh and runner-slurm.sh, which start their
# own. What the packages start by themselves is ended by nobody here.
set -eu
command -v /usr/sbin/sshd >/dev/null && command -v srun >/dev/null && exit 0
command -v apt-get >/dev/null || exit 0
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root apt-get -qq update
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y openssh-server slurmctld \
    slurmd slurm-client >/dev/null
