# SPDX-License-Identifier: GPL-3.0-or-later
# Same input, same bytes: order of operands, number of jobs, clock, time zone and workspace change nothing.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/sbom.sh"
make_packages
make_manifest "$srpm" "$binary" "$data"
for format in cyclonedx spdx intoto; do
    expect 0 albs-sbom --format $format build.json
    cp "$out" first
    sleep 1.1
    expect 0 env TZ=Asia/Tokyo albs-sbom -j 7 --format $format build.json
    same first "$out"
    jq -S . build.json >sorted.json
    expect 0 albs-sbom -j 1 --format $format sorted.json
    same first "$out"
done
expect 0 albs-sbom rpms/*.rpm
cp "$out" first
expect 0 albs-sbom "$data" "$srpm" "$binary" "$data"
same first "$out"
expect 0 albs-sbom --repo rpms
same first "$out"
# The time is the evidence's, or SOURCE_DATE_EPOCH.
expect_json '.metadata.timestamp' 2023-11-14T22:13:20Z
expect 0 env SOURCE_DATE_EPOCH=1800000000 albs-sbom --repo rpms
expect_json '.metadata.timestamp' 2027-01-15T08:00:00Z
# Files given beside a manifest are known by their digest, and need no store.
expect 0 albs-sbom build.json
cp "$out" first
expect 0 albs-sbom build.json rpms/*.rpm --workspace none
same first "$out"
