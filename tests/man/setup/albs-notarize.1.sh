# SPDX-License-Identifier: GPL-3.0-or-later
# A manifest and the one file that it names.
echo 'stands for a package' >which-2.21-30.el9.x86_64.rpm
printf '{"schema":"albs.manifest/1"}' | albs-echo -q --put which-2.21-30.el9.x86_64.rpm >which.json 2>"$err"
