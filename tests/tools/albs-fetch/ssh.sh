#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Git over ssh: the user's ssh program is asked in batch mode, for git-upload-pack and nothing else.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
mkdir bin
cat >bin/ssh <<SSH
#!/bin/sh
# Stands for ssh and the machine behind it.
printf '%s\n' "\$*" >>"$work/ssh.log"
case "\$*" in *nobody*) echo "nobody@host: Permission denied (publickey)." >&2; exit 255 ;; esac
for last; do :; done
exec sh -c "\$last"
SSH
chmod +x bin/ssh
PATH="$work/bin:$PATH"
expect 0 albs-fetch "ssh://packager@git.example.org$work/git/sample.git#c9" --lookaside "file://$work/files"
expect_json ".sources[0].url" "ssh://packager@git.example.org$work/git/sample.git"
expect_json ".sources[0].commit" "$(git -C sample rev-parse HEAD)"
grep -q "BatchMode=yes .*packager@git.example.org git-upload-pack '$work/git/sample.git'" ssh.log ||
    fail "ssh was called as: $(cat ssh.log)"
expect 3 albs-fetch "ssh://nobody@git.example.org$work/git/sample.git#c9"
expect_stderr "cannot fetch 'ssh://nobody@git.example.org.*': nobody@host: Permission denied"
expect_empty_stdout
# Why there is no connection, in ssh's own words.
cat >bin/ssh <<'SSH'
#!/bin/sh
printf 'ssh: connect to host git.example.org port 1: Connection refused\r\n' >&2
exit 255
SSH
expect 75 albs-fetch ssh://git.example.org/x.git
expect_stderr "cannot fetch 'ssh://git.example.org/x.git': ssh: connect to host git.example.org port 1: Connection refused"
expect_empty_stdout
