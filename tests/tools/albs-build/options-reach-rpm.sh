# SPDX-License-Identifier: GPL-3.0-or-later
# --with, --without and --define reach the spec, and another choice is another build.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
preamble='%bcond_with extra
%bcond_without tests' check='%if %{with tests}
echo tests are on
%endif
%if %{with extra}
echo extra is on
%endif
echo "word is %{?word}"' spec choosy
source_package choosy
manifest_of choosy >choosy.json
# The log bears the name of the source package, which is made with the same options.
said() { grep -c "^$1" "out/choosy-1.0-1${dist:-}.$(uname -m).log"; }
expect_from 0 choosy.json albs-build --output out
[ "$(said 'tests are on') $(said 'extra is on') $(said 'word is')" = "1 0 1" ] || fail "not the spec's own choice"
expect_from 0 choosy.json albs-build --with extra --without tests --define 'word two words' --define 'dist .el9' \
    --output out
dist=.el9
[ "$(said 'tests are on') $(said 'extra is on') $(said 'word is two words')" = "0 1 1" ] ||
    fail "not the choice of the command"
[ -f "out/choosy-1.0-1.el9.$(uname -m).rpm" ] || fail "%dist did not reach the name"
expect_json '.stages[-1].parameters | "\(.with) \(.without) \(.define)"' \
    '["extra"] ["tests"] ["word two words","dist .el9"]'
