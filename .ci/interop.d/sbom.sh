# SPDX-License-Identifier: GPL-3.0-or-later
# sbom.sh DIR: other people's readers and validators of SBOMs, for tests/interop/sbom-*.sh.
set -eu
python3 -m venv --system-site-packages "$1/sbom"
"$1/sbom/bin/pip" install --quiet --disable-pip-version-check 'spdx-tools==0.8.*' \
    'cyclonedx-python-lib[json-validation]>=9,<12' packageurl-python license-expression
