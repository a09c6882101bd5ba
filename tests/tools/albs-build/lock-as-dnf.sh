# SPDX-License-Identifier: GPL-3.0-or-later
# A root is solved as dnf solves it: names, versions, groups, patterns, paths, rich needs, priorities, excludes,
# streams.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
/usr/bin/python3 -c 'import dnf' 2>/dev/null || skip 'the Python bindings of dnf are not installed'
make_distribution "$work/distro"
cp "$work/distro/repos.repo" plain.repo

# same_as_dnf REPOFILE WORD...: the same packages, or no root for either.
same_as_dnf() {
    file=$1
    shift
    theirs=0
    "$ALBS_SOURCE/tests/fixture/dnf_solve.py" "$file" "$work/dnf" --platform-id platform:el9 "$@" >theirs 2>theirs.err \
        || theirs=$?
    grep -q Traceback theirs.err && fail "dnf: $(cat theirs.err)"
    [ $theirs = 0 ] || theirs=3
    expect $theirs albs-build lock --repo "$file" --platform-id platform:el9 "$@"
    [ $theirs = 0 ] || return 0
    jq -r '.packages[].nevra' "$out" | sort >ours
    sort -o theirs theirs
    cmp -s ours theirs || fail "$*: dnf installs $(tr "\n" " " <theirs), not $(tr "\n" " " <ours)"
}
for words in app lib tool-1.0 'lib-1' 'lib-1-1.noarch' lib.noarch bash '@kit' @perls @all 'perl-*' old-name new-name broken nothing-of-this-name \
    '/usr/share/data/list' '/usr/bin/bash' '/bin/sh' tool mimic lang 'dash bash' '--weak app' \
    '--module-enable tool:2 tool' '--module-enable lang:4 lang' '--module-enable tool:2 lang' \
        '--module-enable lang:4 --module-enable tool:2 tool'; do
    # shellcheck disable=SC2086 # words
    same_as_dnf plain.repo $words
done
for need in 'lib >= 2' 'lib < 2' '(bash or dash)' '(extra if bash)' '(lib with lib >= 2)' '(lib >= 1 without lib >= 2)' \
    '(app and bash)' '(docs if nothing-such else perl-a)' 'nowhere' '(nowhere if bash)' /usr/bin/app \
        /usr/share/data/list; do
    same_as_dnf plain.repo --needs "$need" bash
done
# The weaker repository's newer package is hidden by the stronger one's; excludes; streams do not count for hotfixes.
sed '/^\[base\]/a priority=10' plain.repo >priority.repo
same_as_dnf priority.repo app
sed '/^\[updates\]/a excludepkgs=lib-2*,dash' plain.repo >exclude.repo
same_as_dnf exclude.repo app
sed '/^\[modular\]/a module_hotfixes=1' plain.repo >hotfix.repo
same_as_dnf hotfix.repo tool
# dnf has no word for environments alone; @^ is what kickstarts say.
expect 0 albs-build lock --repo plain.repo @all -o all.json
expect 0 albs-build lock --repo plain.repo '@^all'
same "$out" all.json
expect 0 albs-build lock --repo plain.repo '@^All of it'
same "$out" all.json
expect 3 albs-build lock --repo plain.repo '@^kit'
expect_stderr "no repository has an environment 'kit'$"
