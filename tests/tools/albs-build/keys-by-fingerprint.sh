# SPDX-License-Identifier: GPL-3.0-or-later
# A key at a URL is taken only if its fingerprint is the one that the platform names: from the machine's own directories,
# from the workspace or from the URL. The shipped platforms come as far as the first server.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/packages.sh"
. "$ALBS_SOURCE/tests/fixture/gpg-key.sh"
. "$ALBS_SOURCE/tests/fixture/repository.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
make_key mine ed25519
make_key other ed25519
serve_distribution
sign_repomd "$work/server/files/base" mine
cp mine.asc "$work/server/files/RPM-GPG-KEY-mine"
mkdir -p keys/mine elsewhere
ALBS_KEY_DIRS="$work/keys:$work/nowhere"
export ALBS_KEY_DIRS
platform() { # KEY [FINGERPRINT]
    cat >test.yaml <<END
- name: test
  type: rpm
  distr_type: rhel
  distr_version: '9'
  arch_list: [x86_64]
  data: {definitions: {dist: .el9}, mock_dist: el9, mock: {chroot_setup_cmd: install bash}}
  repositories:
    - {name: base, arch: x86_64, type: rpm, url: '$files_url/base', gpgkey: '$1'${2:+, gpgkey_fingerprint: $2}}
END
}
lock() { expect "$1" albs-build lock --platforms test.yaml --platform test --arch x86_64 bash; }
refused() { # STATUS WORDS
    lock "$1"
    expect_empty_stdout
    expect_stderr "$2"
}
sed -i 's/gpgcheck=1/gpgcheck=0/' "$work/server/files/"*.repo 2>/dev/null
url=$files_url/RPM-GPG-KEY-mine
platform "$url"
refused 3 "the key of repository 'base' is '$url', and its fingerprint is not known"
expect_stderr 'hint: name it in gpgkey_fingerprint'
platform "$url" "$other_key"
refused 3 "the key '$url' of repository 'base' has the fingerprint $mine_key, and not $other_key"
platform "$url" nonsense
refused 3 "'nonsense' is not the fingerprint of a key"
# From the URL, whose packages are not signed: so far has it come.
platform "$url" "$mine_key"
: >"$server_log"
refused 4 "package 'bash-2:5-2.noarch': its signature is not good: not signed"
grep -q 'GET /files/RPM-GPG-KEY-mine 200' "$server_log" || fail 'the key was not fetched'
# Then from the workspace.
: >"$server_log"
lock 4
! grep -q RPM-GPG-KEY "$server_log" || fail 'the key was fetched again'
# What lies in the workspace is not believed either.
for file in .albs/metadata/keys/*; do cp other.asc "$file"; done
lock 4
grep -q RPM-GPG-KEY "$server_log" || fail 'another key in the workspace was believed'
# A key that comes with another one is not taken.
cat mine.asc other.asc >"$work/server/files/RPM-GPG-KEY-mine"
rm -rf .albs
refused 3 "has the fingerprint $other_key, and not $mine_key"
# The machine's own.
rm "$work/server/files/RPM-GPG-KEY-mine"
rm -rf .albs
refused 3 "the key of repository 'base': cannot get '$url': HTTP status 404"
cp other.asc keys/RPM-GPG-KEY-mine
cp mine.asc keys/mine/RPM-GPG-KEY-mine
lock 4
expect_stderr 'its signature is not good: not signed'
# A file of the user's, with a fingerprint and without.
platform "$work/mine.asc" "$mine_key"
refused 4 'its signature is not good: not signed'
platform "$work/mine.asc" "$other_key"
refused 3 "has the fingerprint $mine_key, and not $other_key"
platform "$work/missing.asc"
refused 3 "the key of repository 'base': cannot open '$work/missing.asc'"

# --key is for repositories of the command line.
printf '[base]\nbaseurl=%s/base\ngpgkey=%s\ngpgcheck=0\nrepo_gpgcheck=1\n' "$files_url" "$url" >base.repo
expect 3 albs-build lock --repo base.repo bash
expect_stderr 'hint: get the key by a way that you trust, and name the file with --key FILE'
expect 4 albs-build lock --repo base.repo --key other.asc bash
expect 0 albs-build lock --repo base.repo --key mine.asc bash
expect_json '.repositories[0].key' "$mine_key"
printf '[base]\nbaseurl=%s/base\ngpgcheck=1\n' "$files_url" >base.repo
expect 3 albs-build lock --repo base.repo bash
expect_stderr "repository 'base' wants its signatures checked, and names no gpgkey"

# The shipped platforms, without a network: each verb comes to the first server, and says which.
ALBS_KEY_DIRS=
unset http_proxy https_proxy
cp "$ALBS_SOURCE/tests/data/ledger/manifest.json" m.json 2>/dev/null
for name in almalinux-8 almalinux-9 almalinux-10 almalinux-kitten-10; do
    expect 75 unshare -rn albs-build lock --platform $name bash
    expect_stderr "hint: run it again when the server can be reached, or put the key as 'RPM-GPG-KEY-AlmaLinux-[0-9]*' into one of the directories of ALBS_KEY_DIRS"
    expect_stderr "cannot get 'https://[a-z.]*repo.almalinux.org/"
    expect_empty_stdout
done
