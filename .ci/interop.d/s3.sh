# SPDX-License-Identifier: GPL-3.0-or-later
# s3.sh DIR: a server that speaks S3 and checks signatures with the SDK's own code, for tests/interop/store-s3.sh.
set -eu
python3 -m venv "$1/s3"
"$1/s3/bin/pip" install --quiet --disable-pip-version-check 'moto[server,s3,iam]>=5,<6' boto3
