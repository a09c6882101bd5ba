#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the command names and cannot be read is a matter of the command (status 2) or of the input (status 3), never of
# the machine: lists, manifests as lists, keyrings, configurations; and a source is that source's failure.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
. "$ALBS_SOURCE/tests/fixture/plain-user.sh"
plain_user
mkdir one
make_spec one one/one.spec one-1.0.tar.gz
echo 'the sources' >one/one-1.0.tar.gz
mkdir directory
for words in "missing:cannot open 'missing': No such file or directory" \
    "one/one.spec/x:cannot open 'one/one.spec/x': Not a directory" \
    "directory:cannot read 'directory': Is a directory"; do
    expect_refusal 2 "${words#*:}" albs-fetch --from "${words%%:*}"
    expect_refusal 2 "${words#*:}" albs-fetch --from "${words%%:*}" one
    expect_refusal 2 "${words#*:}" albs-fetch --keyring "${words%%:*}" one
    [ ! -e .albs ] || fail 'a workspace was made'
done

# Of several, one that is not there is that source's failure; what is no source at all is the list's.
expect 1 albs-fetch one nothing.src.rpm
expect_json '.sources[0].name' one
expect_json '.stages[0].failures[0].status' 3
printf 'one\nnowhere/two\n' >list
expect 1 albs-fetch --from list
expect_json '.stages[0].failures[0].what' nowhere/two
expect_json '.stages[0].failures[0].reason' "'list', line 2: cannot open 'nowhere/two': No such file or directory"
expect_stderr "warning: source 'nowhere/two' was not fetched: 'list', line 2: cannot open 'nowhere/two': No such"
cp "$out" first
expect_refusal 3 "source 'nowhere/two': 'list', line 2: cannot open" albs-fetch --from list --all-or-nothing
expect_refusal 3 'none of 2 sources could be fetched' albs-fetch nothing.src.rpm nowhere
# A dry run says the same.
expect 1 albs-fetch -n --from list
expect_stderr "warning: source 'nowhere/two' would not be fetched: 'list', line 2: cannot open"
expect_refusal 3 "source 'nowhere': cannot open 'nowhere'" albs-fetch -n nowhere
expect_refusal 3 "source 'nowhere/two': 'list', line 2: cannot open" albs-fetch -n --from list --all-or-nothing
# A list that is no text, and one that an editor put a byte order mark and carriage returns into.
printf 'one\n\001\377\n' >binary
expect_refusal 3 "'binary', line 2: it is no text" albs-fetch --from binary
printf '\357\273\277one\r\n' >marked
expect 0 albs-fetch --from marked

# What is there and is another kind of thing: what to write instead.
git init -q -b c9 repository
cp -r one/* repository/
commit_all repository 'Import one'
git clone -q --bare repository bare.git
expect_refusal 3 "source 'bare.git#c9': cannot open 'bare.git#c9'" albs-fetch bare.git#c9
expect_stderr "hint: a repository of this machine is file://$work/bare.git#c9$"
expect_refusal 3 "source 'bare.git': it is a git repository without files" albs-fetch bare.git
expect_stderr "hint: a repository of this machine is file://$work/bare.git$"
expect 0 albs-fetch "file://$work/bare.git#c9"
for file in one/one.spec first; do
    expect_refusal 3 "'$file' is not an RPM package, or it is damaged" albs-fetch $file
    expect_stderr 'hint: a source is a URL, a directory with a spec file, a source package or a module template; --from FILE'
done
expect_refusal 2 "'file:///a b.git' is not a URL that git may be given" albs-fetch 'file:///a b.git'
expect_stderr 'hint: a blank is %20 in a URL$'

# There, and not to be read.
mkdir -p brand/one closed/one workspace
echo 'actions: [{modify_release: [{suffix: .1}]}]' | tee brand/one/config.yaml >closed/one/config.yaml
cp list closed.list
cp first closed.json
: >closed.src.rpm
: >closed.asc
cp -r one folder
chmod 0 closed.list closed.json closed.src.rpm closed.asc closed/one brand/one/config.yaml folder
[ -z "$as_user" ] || chown -R "$plain_id" closed brand workspace
as() { $as_user albs-fetch --workspace workspace "$@"; }
if $as_user test -r closed.list; then skip 'a plain user may read what nobody may'; fi
for file in closed.list closed.json; do
    expect_refusal 3 "cannot open '$file': Permission denied" as --from $file
done
expect_refusal 3 "cannot open 'closed.asc': Permission denied" as --keyring closed.asc one
for source in closed.src.rpm folder; do
    expect_refusal 3 "source '$source': cannot open '$source': Permission denied" as $source
    expect 1 as one $source
    expect_json '.sources[0].name' one
done
expect_refusal 3 "cannot open 'brand/one/config.yaml': Permission denied" as one --debrand brand
expect_refusal 3 "cannot list 'closed/one': Permission denied" as one --debrand closed
chmod 0 closed
expect_refusal 3 "cannot open 'closed/one': Permission denied" as one --debrand closed
chmod 755 closed
chmod 755 closed/one folder
