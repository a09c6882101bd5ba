# SPDX-License-Identifier: GPL-3.0-or-later
# A root that cannot be made is explained by what is missing and who needs it.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
make_distribution "$work/distro"

expect 3 albs-build lock --repo "$work/distro/repos.repo" broken
expect_empty_stdout
expect_stderr "no such root: nothing provides nowhere >= 3 needed by broken-too-1-1.noarch$"
expect 3 albs-build lock --repo "$work/distro/repos.repo" app --needs 'nothing-such >= 2'
expect_stderr 'nothing provides requested nothing-such >= 2$'
expect 3 albs-build lock --repo "$work/distro/repos.repo" typo
expect_stderr "no package matches 'typo'$"
expect 3 albs-build lock --repo "$work/distro/repos.repo" @typo
expect_stderr "no repository has a group 'typo'$"
expect_refusal 3 "no repository has an environment 'typo'" albs-build lock --repo "$work/distro/repos.repo" '@^typo'
for empty in @ '@^' ''; do
    expect 3 albs-build lock --repo "$work/distro/repos.repo" "$empty"
    expect_empty_stdout
done
expect 3 albs-build lock --repo "$work/distro/repos.repo" --module-enable lang:5 lang
expect_stderr "no repository has module stream 'lang:5'$"
# What a stream hides is named.
expect 3 albs-build lock --repo "$work/distro/repos.repo" --needs 'tool >= 9'
expect_stderr 'nothing provides requested tool >= 9 (hidden: .*tool-9-1.noarch'
expect 0 albs-build lock --repo "$work/distro/repos.repo" @kit
expect_stderr "warning: no repository has 'nowhere' of group 'kit'$"
expect 2 albs-build lock app
expect_stderr 'there is no repository'
expect 2 albs-build lock --repo "$work/distro/repos.repo"
expect_stderr 'there is nothing to install'
