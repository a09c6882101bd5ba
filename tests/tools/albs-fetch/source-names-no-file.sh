# SPDX-License-Identifier: GPL-3.0-or-later
# A line of a spec that can name no file is refused with its number; what macros make of a line is not known here.
. "$ALBS_SOURCE/tests/lib.sh"
mkdir -p it/data
echo x >it/data/a
spec() { printf 'Name: it\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\n%s\n%%description\nx\n' "$1" >it/it.spec; }
for line in 'Source0: https://example.org/x/' 'Source: data' 'Patch3:   data'; do
    spec "$line"
    tag=${line%%:*} value=${line##* }
    expect_refusal 3 "'it.spec', line 6: $tag is '$value', which names no file" albs-fetch it
    expect_stderr 'hint: a source is a file'
done
spec 'Source0: %{url}/'
expect 0 albs-fetch it
# Nor is a repository's.
spec 'Source0: https://example.org/x/'
git init -q it
git -C it add -A
git -C it -c user.name=T -c user.email=t@example.org commit -qm x
expect_refusal 3 'line 6: Source0 is' albs-fetch "file://$work/it"
