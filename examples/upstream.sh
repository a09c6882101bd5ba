#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# upstream.sh DIR: brings GNU hello's upstream release to DIR/hello-2.10.tar.gz: from Debian's source package (the very
# upstream bytes, through apt and the machine's own mirror) or from the GNU server.
set -eu
directory=$1
mkdir -p "$directory"
target=$directory/hello-2.10.tar.gz
[ ! -s "$target" ] || exit 0

from_debian() {
    # An apt configuration of our own, so that the machine's is not touched: its repositories, but as deb-src.
    apt=$(mktemp -d)
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/parts"
    : >"$apt/status"
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
        sed -n 's/^deb\( \[[^]]*\]\)\{0,1\} /deb-src\1 /p' >"$apt/sources.list"
    for file in /etc/apt/sources.list.d/*.sources; do
        [ ! -e "$file" ] || sed 's/^Types:.*/Types: deb-src/' "$file" >"$apt/parts/$(basename "$file")"
    done
    printf 'Dir::State "%s";\nDir::State::status "%s/status";\nDir::Etc::sourcelist "%s/sources.list";\n' \
        "$apt" "$apt" "$apt" >"$apt/conf"
    printf 'Dir::Etc::sourceparts "%s/parts";\nDir::Cache "%s/cache";\nAPT::Sandbox::User "root";\n' "$apt" "$apt" \
        >>"$apt/conf"
    # Repositories of others may have no sources; hello is in Debian's own.
    APT_CONFIG=$apt/conf apt-get -qq update >/dev/null 2>&1 || :
    (cd "$apt" && APT_CONFIG=$apt/conf apt-get -qq source --download-only --tar-only hello >/dev/null 2>&1)
    cp "$apt"/hello_2.10.orig.tar.gz "$target"
    rm -rf "$apt"
}

if command -v apt-get >/dev/null 2>&1; then
    from_debian || { echo "upstream.sh: cannot get hello's source package with apt-get" >&2; exit 1; }
else
    curl -fsSL -o "$target.part" https://ftp.gnu.org/gnu/hello/hello-2.10.tar.gz
    mv "$target.part" "$target"
fi
