# SPDX-License-Identifier: GPL-3.0-or-later
# What each executable links is what its line in tools/CMakeLists.txt allows: that list says what the tool can reach.
. "$ALBS_SOURCE/tests/lib.sh"
command -v readelf >/dev/null || skip 'readelf is not installed'

needed() { readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\.so.*\].*/\1/p' | sort -u; }
# What a driver brings in, by the name of the file.
of_driver() {
    case $1 in
    albs_gpg) echo libgpgme libassuan libgpg-error ;;
    esac
}
base='libalbs-tools libcrypto libsqlite3 libfmt libstdc++ libgcc_s libc libm ld-linux-x86-64 ld-linux-aarch64 libasan libubsan'
tr '\n' ' ' <"$ALBS_SOURCE/tools/CMakeLists.txt" | grep -o 'albs_tool([^)]*)' | tr -d '()' |
    sed 's/^albs_tool//; s/ LINK / /' | while read -r tool drivers; do
        [ -x "$ALBS_BIN/$tool" ] || continue
        { echo "$base"; for driver in $drivers; do of_driver "$driver"; done; } | tr ' ' '\n' | sort -u >allowed
        needed "$ALBS_BIN/$tool" | comm -23 - allowed >links
        [ ! -s links ] || fail "$tool links what its line does not allow: $(tr '\n' ' ' <links)"
        # A module that it could load is one that it names.
        for module in "$ALBS_BUILD"/lib/albs/albs-*.so; do
            name=$(basename "$module" .so)
            case " $drivers " in *" albs_${name#albs-} "*) continue ;; esac
            ! grep -aqw "$name" "$ALBS_BIN/$tool" || fail "$tool can load $name, which its line does not allow"
        done
    done || exit 1
# Whatever that list says: the tool that auditors run offline has no network, and the library opens no socket.
for library in libcurl libgit2 libgpgme libssl libsolv libcreaterepo_c; do
    [ ! -x "$ALBS_BIN/albs-sbom" ] || ! needed "$ALBS_BIN/albs-sbom" | grep -qx "$library" ||
        fail "albs-sbom links $library"
done
for library in libalbs libalbs-tools; do
    needed "$ALBS_BUILD/lib/$library.so" |
        grep -vx -e libcrypto -e libsqlite3 -e libfmt -e 'libstdc++' -e libgcc_s -e libc -e libm -e 'ld-linux.*' -e \
            libasan -e libubsan >links
    [ ! -s links ] || fail "$library.so links $(tr '\n' ' ' <links)"
    nm -D --undefined-only "$ALBS_BUILD/lib/$library.so" |
        grep -wE 'socket|connect|getaddrinfo|fork|execve|posix_spawnp?|system|popen' >links
    [ ! -s links ] || fail "$library.so calls $(tr '\n' ' ' <links)"
done
