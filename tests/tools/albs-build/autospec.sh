# SPDX-License-Identifier: GPL-3.0-or-later
# %autorelease and %autochangelog are written by the program rpmautospec of this machine, in the sandbox, on the history
# that was fetched with the commit; what it made is a transformation of the source tree.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
. "$ALBS_SOURCE/tests/fixture/rpmautospec.sh"
autospec_repository counted
commit=$(git -C counted rev-parse HEAD)
expect 0 albs-fetch "file://$work/counted#c9"
cp "$out" counted.json
expect_json '.sources[0].history as $h | [.artifacts[] | select(.sha256 == $h) | .kind] == ["history"]'
object_of() { echo ".albs/store/sha256/$(printf %.2s "$1")/$1"; }
history=$(jq -r '.sources[0].history' counted.json)
# What is stored is a bundle that git itself reads, with all of the history.
git clone -q "$(object_of "$history")" cloned 2>"$err" || fail 'git cannot clone the history'
[ "$(git -C cloned rev-parse HEAD) $(git -C cloned rev-list --count HEAD)" = "$commit 3" ] || fail 'another history'

# Without the program: what is missing, and what to do. Not a file whose name has a macro in it. It is this package's
# failure, and the others are built; in the next run the program may be there.
spec plain
mkdir packages
mv plain.spec plain.c packages/
expect 0 albs-fetch "file://$work/counted#c9" packages -o both.json
for verb in '' srpm; do
    # shellcheck disable=SC2086 # one word or none
    expect 1 albs-build $verb both.json
    expect_json '[.tasks[] | "\(.source | split("@")[0]) \(.status)"] | join(", ")' 'counted failed, plain ok'
    expect_json '.tasks[0].reason | [.phase, .kind] == ["srpm", "dependency"]'
    expect_json '.tasks[0].reason.message | test("^the spec leaves its release or changelog to rpmautospec, and there is " +
        "no program .rpmautospec.: install it on this machine: .*pip install rpmautospec")'
    expect_stderr 'warning: counted@.*: failed in srpm (dependency): the spec leaves its release or changelog'
done
expect 1 albs-build plan both.json
expect_stdout 'there is no program .rpmautospec.'

# In a virtual environment on PATH; the sandbox is given no other directory of this machine.
mkdir -p venv/bin loose/bin
stand_in_rpmautospec loose/bin/rpmautospec
PATH="$work/loose/bin:$PATH" expect 1 albs-build srpm counted.json
expect_json '.tasks[0].reason.message | test("nor in a virtual environment")'
cp loose/bin/rpmautospec venv/bin/
touch venv/pyvenv.cfg
PATH="$work/venv/bin:$PATH"
expect 0 albs-build counted.json --output made
cp "$out" built.json
expect_json '.tasks[0].status' ok
[ "$(rpm -qp --qf '%{RELEASE}' made/counted-1.0-3.src.rpm)" = 3 ] || fail 'not the third release'
rpm -qp --changelog made/counted-1.0-3.noarch.rpm >changelog
sed -n 's/^\* \(.*\) A Packager.* - \(.*\)$/\1 \2/p; s/^- //p' changelog | tr '\n' ';' >listed
[ "$(cat listed)" = 'Fri Nov 17 2023 1.0-3;Rebuild;Thu Nov 16 2023 1.0-2;Say more;Wed Nov 15 2023 1.0-1;Import counted;' ] ||
    fail "the changelog is $(cat listed)"

# The record: which tree was made of which, by what, on which history. Only the spec differs.
expect_json '.tasks[0].transformations | length' 1
expect_json '. as $m | .tasks[0].transformations[0] | .kind == "rpmautospec" and .input == $m.sources[0].files and
    .by == $m.sources[0].history and .program == "rpmautospec 0.0.stand-in" and .buildroot == null'
expect_json '. as $m | .tasks[0].transformations[0].output as $o | [$m.artifacts[] | select(.sha256 == $o) | .kind] ==
    ["source-tree"]'
before=$(object_of "$(jq -r '.tasks[0].transformations[0].input' built.json)")
after=$(object_of "$(jq -r '.tasks[0].transformations[0].output' built.json)")
jq -c '.files[]' "$before" >before.list
jq -c '.files[]' "$after" >after.list
[ "$(diff before.list after.list | grep -c '^> ')" = 1 ] || fail 'not one file was changed'
made_spec=$(object_of "$(jq -r '.files[] | select(.path == "counted.spec").sha256' "$after")")
rpm2cpio made/counted-1.0-3.src.rpm | cpio -i --quiet --to-stdout counted.spec >packed.spec
same packed.spec "$made_spec"

# Again from memory, and again from nothing; the same bytes, wherever the history came from.
expect 0 albs-build counted.json
expect_json "[.tasks[0].srpm, .tasks[0].transformations] == $(jq -c '[.tasks[0].srpm, .tasks[0].transformations]' built.json)"
git clone -q --bare counted elsewhere.git
git -C elsewhere.git repack -q -a -d --depth=5 --window=2
expect 0 albs-fetch "file://$work/elsewhere.git#c9" --workspace other
expect_json '.sources[0].history' "$history"
cp "$out" again.json
expect 0 albs-build again.json --workspace other
expect_json '.tasks[0].srpm' "$(jq -r '.tasks[0].srpm' built.json)"
expect 0 albs-build reproduce built.json
expect_json '.tasks[0].same'

# A source that names the history of another commit is no honest one.
git -C counted checkout -q HEAD~1
expect 0 albs-fetch "file://$work/counted#$(git -C counted rev-parse HEAD)" -o older.json
jq -c --slurpfile o older.json '.sources[0].history = $o[0].sources[0].history |
    .artifacts += [$o[0].artifacts[] | select(.kind == "history")] | .stages = []' \
    counted.json >swapped.json
expect_refusal 4 "the history of source 'counted@" albs-build srpm swapped.json
git -C counted checkout -q c9

# A checkout that is being edited: one more than the commits. A plain directory has nothing to count.
echo three >counted/words.txt
expect 0 albs-fetch counted
cp "$out" edited.json
expect 0 albs-build srpm edited.json
expect_json '.artifacts[] | select(.kind == "srpm").name' counted-1.0-4.src.rpm
cp -r counted plain
rm -rf plain/.git
expect 0 albs-fetch plain -o plain.json
expect 1 albs-build srpm plain.json
expect_json '.tasks[0].reason | "\(.phase) \(.kind)"' 'srpm spec'
expect_json '.tasks[0].reason.message | test("has no history: fetch it from its git repository")'
git -C counted checkout -q .

# What it refuses is the package's failure, with its words; what does not ask for it needs neither program nor history.
sed -i 's/^Summary:.*/Summary: %{unclosed/' counted/counted.spec
commit_all counted 'Break it'
expect 0 albs-fetch "file://$work/counted#c9" -o broken.json
expect 1 albs-build srpm broken.json
expect_json '.tasks[0].reason.message' "rpmautospec: Error: Couldn't parse spec file counted.spec"
expect_json '.tasks[0].reason.log == .tasks[0].log and .tasks[0].log != null'
make_flat "$work" sample
expect 0 albs-fetch "file://$work/git/sample.git#c9" --lookaside "file://$work/files"
cp "$out" sample.json
expect_json '.sources[0] | has("history") | not'
PATH="${PATH#*:}" expect 0 albs-build srpm sample.json
expect_json '.tasks[0] | has("transformations") | not'

# A spec below SPECS/ has its history where the program does not look; that is said, not counted wrong.
git init -q -b c9 deep
mkdir -p deep/SPECS deep/SOURCES
git -C counted show c9~1:counted.spec >deep/SPECS/deep.spec
sed -i 's/^Name: .*/Name: deep/' deep/SPECS/deep.spec
echo x >deep/SOURCES/words.txt
commit_all deep First
expect 0 albs-fetch "file://$work/deep#c9" -o deep.json
expect 1 albs-build srpm deep.json
expect_json '.tasks[0].reason.message | test("in the root of its repository, and this one is .SPECS/deep.spec.")'

# rpmautospec.conf has the program run, whatever the spec says.
echo '[x]' >sample/rpmautospec.conf
commit_all sample 'Configure'
publish "$work" sample
expect 0 albs-fetch "file://$work/git/sample.git#c9" --lookaside "file://$work/files"
cp "$out" sample.json
expect_json '.sources[0].history != null'
PATH="${PATH#*:}" expect 1 albs-build srpm sample.json
expect_json '.tasks[0].reason.message | test("there is no program .rpmautospec.")'
expect 0 albs-build srpm sample.json
expect_json '.tasks[0] | has("transformations") | not'

# A debranding is no commit that could be counted; it can put release and changelog in the place of the macros.
mkdir -p brand/counted
echo 'actions: [add_line: [{target: spec, section: install, location: top, content: "true"}]]' >brand/counted/config.yaml
expect 0 albs-fetch "file://$work/counted#$commit" --debrand brand -o branded.json
expect 1 albs-build srpm branded.json
expect_json '.tasks[0].reason.message | test("its debranding is none: replace %autorelease and %autochangelog")'
cat >brand/counted/config.yaml <<'YAML'
actions:
  - replace:
    - {target: spec, rfind: '%autorelease', replace: 7.alma.1}
  - replace:
    - {target: "*.spec", find: '%autochangelog', replace: "* Wed Nov 15 2023 A <a@example.org> - 1.0-7\n- Debrand"}
YAML
expect 0 albs-fetch "file://$work/counted#$commit" --debrand brand -o branded.json
expect 0 albs-build srpm branded.json
expect_json '.tasks[0] | has("transformations") | not'
expect_json '[.artifacts[] | select(.kind == "srpm") | .name] | join(" ")' counted-1.0-7.alma.1.src.rpm
