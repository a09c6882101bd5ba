# SPDX-License-Identifier: GPL-3.0-or-later
# rpmautospec.sh DIR: rpmautospec, for tests/interop/rpmautospec.sh, with the Python of the distribution, which a sandbox
# has, too.
set -eu
/usr/bin/python3 -m venv --system-site-packages "$1/rpmautospec"
"$1/rpmautospec/bin/pip" install --quiet --disable-pip-version-check 'rpmautospec[click]>=0.8,<1'
"$1/rpmautospec/bin/rpmautospec" --help >/dev/null
