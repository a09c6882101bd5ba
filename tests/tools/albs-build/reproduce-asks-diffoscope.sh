# SPDX-License-Identifier: GPL-3.0-or-later
# Where diffoscope is installed, reproduce asks it about packages that differ, and keeps what it says; where it is not,
# the report is the same without it.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
build='date +%%s%%N >stamp' install='install -D -m 644 stamp %\{buildroot\}%\{_bindir\}/moody
install -D -m 644 stamp %\{buildroot\}%\{_docdir\}/moody/stamp' check='' spec moody
sed -i 's/^Summary: A package/BuildArch: noarch\nSummary: A package/' moody.spec
source_package moody
manifest_of moody >moody.json
expect_from 0 moody.json albs-build
cp "$out" built.json
expect_from 1 built.json albs-build reproduce
expect_json '[.tasks[0].packages[] | select(.verdict == "identical").diffoscope] | unique | . == [null]'
if [ ! -x /usr/bin/diffoscope ]; then
    expect_json '[.tasks[0].packages[].diffoscope] | unique | . == [null]'
    expect_stderr 'diffoscope is not installed; with it, reproduce would say what differs in files'
    skip 'diffoscope is not installed (apt-get install diffoscope-minimal)'
fi
expect_json '[.tasks[0].packages[] | select(.verdict == "differs" and .diffoscope == null)] | length' 0
text=$(jq -r '.tasks[0].packages[] | select(.name == "moody-doc-1.0-1.noarch.rpm").diffoscope' "$out")
expect_stderr "what differs in 'moody-doc-1.0-1.noarch.rpm', as diffoscope says: .*/$text\$"
text=.albs/store/sha256/$(printf %.2s "$text")/$text
grep -q '^--- /builddir/recorded/moody-doc-1.0-1.noarch.rpm$' "$text" || fail "$(head -c 4000 "$text")"
[ "$(grep -cE '[-+][0-9]{19}$' "$text")" = 2 ] || fail "no two stamps: $(cat "$text")"
[ "$(stat -c %s "$text")" -le 8388608 ] || fail 'a text without limit'
