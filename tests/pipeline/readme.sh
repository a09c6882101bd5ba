# SPDX-License-Identifier: GPL-3.0-or-later
# What README.md shows is what happens: the commands of its console blocks, typed one after the other in an empty
# directory, print the lines that stand below them. Digests of what a build made, paths, lengths of time and the machine's
# architecture may differ; what is fetched is the same everywhere.
. "$ALBS_SOURCE/tests/lib.sh"
export GNUPGHOME="$work/gnupg"
mkdir -m 700 "$GNUPGHOME" first
defer 'gpgconf --homedir "$GNUPGHOME" --kill all'
cd first || exit 1

# From the console blocks: command-N, with the text of a here-document, and printed-N, the lines that follow it.
awk -v into="$work" '
    /^```console$/ { inside = 1; next }
    /^```$/ { inside = 0 }
    !inside { next }
    document { print > command; document = $0 != "END"; next }
    /^\$ / { n++; command = into "/command-" n; printed = into "/printed-" n; printf "" > printed; print substr($0, 3) > command
             document = /<<.END.$/; next }
    { print > printed }' "$ALBS_SOURCE/README.md"
[ -e "$work/command-9" ] || fail 'README.md has no commands'
plain() { sed -E "s|$work|/home/me|g; s/(^|[^-0-9a-fA-F])[0-9a-fA-F]{12,}/\\1DIGEST/g; s/ in [0-9.]+ (s|min)/ in TIME/g; s|$(uname -m)|ARCH|g" "$1"; }

number=1
while [ -e "$work/command-$number" ]; do
    command=$(cat "$work/command-$number")
    eval "$command" >"$work/seen" 2>&1 </dev/null || fail "'$command' gave status $?: $(cat "$work/seen")"
    plain "$work/printed-$number" | sed 's|x86_64|ARCH|g' >"$work/wanted"
    plain "$work/seen" | diff "$work/wanted" - >"$out" || fail "'$command' does not print what README.md says"
    number=$((number + 1))
done
[ -e repo/repo.repo ] && jq -e .components hello.cdx.json >"$out" || fail 'there is no repository or SBOM'
