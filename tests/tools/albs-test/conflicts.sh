# SPDX-License-Identifier: GPL-3.0-or-later
# Two packages of one build with different files at one place conflict, unless they say so themselves.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"

package() { # NAME CONTENT EXTRA
    build_packages <<SPEC
Name: $1
Version: 1
Release: 1
Summary: One of several
License: MIT
BuildArch: noarch
${3:-}
%description
One.
%install
mkdir -p %{buildroot}/usr/share
echo $2 > %{buildroot}/usr/share/shared-file
%files
/usr/share/shared-file
SPEC
}
package first same
package second same
package third other
package fourth another 'Conflicts: first, second, third'
built_manifest rpms/*.rpm >built.json

expect 1 albs-test built.json
expect_test fail conflicts first "^'/usr/share/shared-file' is another file in third-1-1.noarch$"
expect_test fail conflicts second "is another file in third"
expect_test fail conflicts third "^'/usr/share/shared-file' is another file in first-1-1.noarch (and 1 more)$"
expect_test pass conflicts fourth
expect_test pass install first

# Alone, each is fine.
built_manifest rpms/first-1-1.noarch.rpm rpms/second-1-1.noarch.rpm >two.json
expect 0 albs-test two.json
