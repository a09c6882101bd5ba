# SPDX-License-Identifier: GPL-3.0-or-later
# The copies of a noarch package that tasks of several architectures made are compared, in one run and where manifests
# of several machines meet; one rule says which is shipped. Only other contents are told, or a failure if asked.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/build-lib.sh"
. "$ALBS_SOURCE/tests/root-lib.sh"
# text WORDS: text.json of a noarch package whose file has what these words of a shell print.
text() {
    cat >text.spec <<SPEC
Name: text
Version: 1
Release: 1
Summary: x
License: MIT
BuildArch: noarch
%description
x
%install
mkdir -p %{buildroot}/usr/share/text && { $1; } >%{buildroot}/usr/share/text/words
%files
/usr/share/text/words
SPEC
    source_package text && manifest_of text >text.json
}
# of ARCH: ARCH.json, the manifest of a build as ARCH says it, which here is always this machine: the task and what it
# made by the name of another architecture, as another machine would have written it.
of() {
    expect_from 0 text.json env SEED="$1" albs-build --define "seed $1" --define "_buildhost host-$1"
    jq -c --arg arch "$1" 'del(.stages) | .tasks[0] |= (.arch = $arch | .id |= sub("[^/]*$"; $arch) | .options = [])' "$out" >"$1.json"
}
joined() {
    status=$1
    shift
    expect "$status" albs-build "$@"
}
me=$(uname -m)
text 'echo same'
of s390x && of "$me"
joined 0 s390x.json "$me.json"
expect_json '.comparisons | length' 1
expect_json '.comparisons[0] | "\(.name) \(.verdict) \(.copies | map(.arch) | join(" ")) \(.file)"' \
    "text-1-1.noarch.rpm metadata $me s390x null"
expect_json '.comparisons[0].tags | index("Buildhost") != null'
expect_json '.comparisons[0].ship == .comparisons[0].copies[0].sha256'
! grep 'is not the same' "$err" || fail 'told although only metadata differs'
cp "$out" both.json
# Whatever comes first, the same copy is shipped; nothing is said twice.
joined 0 "$me.json" s390x.json
[ "$(jq -c .comparisons "$out")" = "$(jq -c .comparisons both.json)" ] || fail 'the order counts'
joined 0 --noarch-strict both.json
[ "$(jq -c .comparisons "$out")" = "$(jq -c .comparisons both.json)" ] || fail 'compared again with another result'

# Other contents.
text 'echo %{seed}'
of s390x && of "$me"
joined 0 s390x.json "$me.json"
expect_stderr "warning: text@.*: 'text-1-1.noarch.rpm' is not the same for $me, s390x: '/usr/share/text/words' (contents); that of $me is the one to ship"
expect_json '.comparisons[0] | "\(.verdict) \(.file) \(.what)"' 'differs /usr/share/text/words contents'
joined 1 -q --noarch-strict s390x.json "$me.json"
expect_stderr "is not the same for"
expect_json '.comparisons[0].verdict' differs
# One that comes later is another attempt.
cp "$out" two.json
of ppc64le
joined 0 two.json ppc64le.json
expect_json '.comparisons | length' 2
expect_json '.comparisons[1] | "\(.copies | map(.arch) | join(" ")) \(.follows == .id)"' "$me ppc64le s390x false"

# Bytes that are gone.
digest=$(jq -r '.tasks[0].artifacts[0]' s390x.json)
rm -f "$(object_of "$digest")"
joined 0 s390x.json "$me.json"
expect_stderr 'not compared between architectures: that of s390x is not in the store'
expect_json '.comparisons // [] | length' 0
# Packages of one architecture are not compared with anything.
package plain
expect_from 0 plain.json albs-build
expect_json 'has("comparisons") | not'
