# SPDX-License-Identifier: GPL-3.0-or-later
# For tests that build: source packages made here and now, and the manifest that albs-fetch would write for them.
# Sourced after lib.sh.
for program in rpmbuild bwrap gcc make jq; do
    command -v "$program" >/dev/null || skip "$program is not installed"
done
bwrap --unshare-user --ro-bind / / true 2>/dev/null || skip "user namespaces are not allowed here"

# watched COMMAND...: runs it; no_daemon fails if a process of its making is left.
watched() { python3 "$ALBS_SOURCE/tests/fixture/leavings.py" "$work/.left" 0 0 2 "$@"; }
no_daemon() { [ ! -s "$work/.left" ] || fail "still running: $(cat "$work/.left")"; }

# spec NAME: writes NAME.spec, a small package with a subpackage and a test. What is set in $prep, $build, $install,
# $check and $files replaces that section, $preamble is added to the preamble; for this one call.
spec() {
    : "${prep=%setup -q -T -c
cp %\{SOURCE0\} .}" "${build=%\{__cc\} %\{optflags\} %\{build_ldflags\} $1.c -o $1}" \
        "${install=install -D $1 %\{buildroot\}%\{_bindir\}/$1
install -D -m 644 $1.c %\{buildroot\}%\{_docdir\}/$1/$1.c}" \
        "${check=test \"\$(./$1)\" = \"$1 says hello\"}" "${files=%\{_bindir\}/$1}" "${preamble=}"
    {
        printf 'Name: %s\nVersion: 1.0\nRelease: 1%%{?dist}\nSummary: A package of a test\nLicense: MIT\nSource0: %s.c\n' "$1" "$1"
        printf '%s\n%%description\nA package of a test.\n' "$preamble"
        printf '%%package doc\nSummary: Its words\nBuildArch: noarch\n%%description doc\nIts words.\n'
        printf '%%prep\n%s\n%%build\n%s\n%%install\n%s\n%%check\n%s\n' "$prep" "$build" "$install" "$check"
        printf '%%files\n%s\n%%files doc\n%%{_docdir}/%s\n' "$files" "$1"
        printf '%%changelog\n* Sun Nov 16 2014 albs-tools <albs-tools@localhost> - 1.0-1\n- A test\n'
    } | sed 's/\\\([{}]\)/\1/g' >"$1.spec"
    unset prep build install check files preamble
    printf '#include <stdio.h>\nint main(void) { puts("%s says hello"); return 0; }\n' "$1" >"$1.c"
}
# source_package NAME: NAME.src.rpm from NAME.spec and the files beside it, as rpmbuild -bs makes it.
source_package() {
    rpmbuild -bs --nodeps -D "_topdir $PWD/top" -D "_sourcedir $PWD" -D "_srcrpmdir $PWD/top" \
        -D 'source_date_epoch_from_changelog 1' "$1.spec" >"$work/.rpmbuild" 2>&1 ||
            fail "no source package: $(cat "$work/.rpmbuild")"
    mv "top/$1"-*.src.rpm "$1.src.rpm"
}
# manifest_of NAME...: what albs-fetch says about NAME.src.rpm, with the bytes in the store of $work/.albs.
manifest_of() {
    for package; do
        digest=$(sha256sum "$package.src.rpm" | cut -d' ' -f1)
        object=$work/.albs/store/sha256/$(printf %.2s "$digest")/$digest
        mkdir -p "$(dirname "$object")"
        cp "$package.src.rpm" "$object"
        rpm -qp --qf '%{NAME}\t%{VERSION}\t%{RELEASE}\t%{SHA256HEADER}\t%{PAYLOADDIGEST}\n' "$package.src.rpm" \
            2>/dev/null |
            jq -Rc 'split("\t") | {name: .[0], epoch: null, version: .[1], release: .[2], arch: "src", nevra: "\(.[0])-\(.[1])-\(.[2]).src",
                sourcerpm: null, header_sha256: .[3], payload_sha256: .[4]}' |
            jq -c --arg digest "$digest" --argjson size "$(stat -c %s "$package.src.rpm")" '{
                source: {id: "\(.name)@srpm-\($digest[0:12])", kind: "srpm", name, url: null, ref: null, commit: null, tree: null,
                    commit_time: null, layout: null, spec: null, signature: {status: "none", key: null, signer: null}, lookaside: [],
                    srpm: $digest, source_date_epoch: 1416100000},
                artifact: {sha256: $digest, size: $size, name: "\(.name)-\(.version)-\(.release).src.rpm", kind: "srpm", rpm: ., unsigned: null}}'
    done | jq -cs '{schema: "albs.manifest/1", sources: map(.source), tasks: [], artifacts: map(.artifact), tests: [], signatures: [],
        notarizations: [], releases: [], stages: []}'
}
# The usual start: one package NAME and its manifest NAME.json.
package() {
    spec "$1"
    source_package "$1"
    manifest_of "$1" >"$1.json"
}
# example_platform: example.yaml with the platform example-9, whose one repository is not there.
example_platform() {
    cat >example.yaml <<END
- name: example-9
  type: rpm
  distr_type: rhel
  distr_version: '9'
  arch_list: [$(uname -m)]
  data: {mock: {chroot_setup_cmd: 'install bash'}}
  repositories: [{name: base, arch: $(uname -m), type: rpm, url: 'file:///nonexistent'}]
END
}
