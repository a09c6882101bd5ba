# SPDX-License-Identifier: GPL-3.0-or-later
# The tools run from any prefix that they are installed to, load a module only when they need it, and say so when one is
# missing or of another version.
. "$ALBS_SOURCE/tests/lib.sh"
prefix=$work/a/prefix
cmake --install "$ALBS_BUILD" --prefix "$work/first" >"$work/log" 2>&1 ||
    skip "not everything is built: $(tail -n 1 "$work/log")"
mkdir -p "$work/a"
mv "$work/first" "$prefix" # nothing depends on where it was
libdir=$(dirname "$(find "$prefix" -name libalbs.so)")
manifest='{"schema":"albs.manifest/1","sources":[]}'

for tool in albs-fetch albs-build albs-test albs-sign albs-notarize albs-release albs-sbom; do
    expect 0 "$prefix/bin/$tool" --version
    [ "$(readlink -f "$prefix/bin/$tool")" != "$(readlink -f "$ALBS_BIN/$tool")" ] ||
        fail "$tool is not the installed one"
done
# Nothing is looked for in the working directory, neither by the installed tools nor by those of the build tree (an
# empty entry in a run path would mean it).
for tool in "$prefix"/bin/* "$ALBS_BIN"/albs-* "$libdir"/albs/*.so "$ALBS_BUILD"/lib/albs/*.so; do
    readelf -d "$tool" | sed -n 's/.*\(RUNPATH\|RPATH\).*\[\(.*\)\]/:\2:/p' >"$work/paths"
    [ -s "$work/paths" ] || fail "$tool has no run path"
    ! grep -q '::' "$work/paths" || fail "$tool looks into the working directory: $(cat "$work/paths")"
done
# What is loaded: no module without work for it.
for tool in albs-build albs-test albs-sbom; do
    echo "$manifest" | LD_DEBUG=files LD_DEBUG_OUTPUT="$work/loaded" "$prefix/bin/$tool" -n >"$out" ||
        fail "$tool fails"
    cat "$work"/loaded.* | grep -E 'libcurl|libgit2|librpm|libsolv|libcreaterepo|/albs-[a-z]*\.so' >"$work/heavy"
    [ ! -s "$work/heavy" ] || fail "$tool loads $(head -n 1 "$work/heavy")"
    grep -q "$prefix/.*/libalbs-tools\.so" "$work"/loaded.* || fail "$tool does not load the installed libalbs-tools.so"
    rm "$work"/loaded.*
done
# With work it is loaded, from the prefix.
printf '\355\253\356\333\003' >"$work/no.rpm" # the magic of a package, and no more
LD_DEBUG=files LD_DEBUG_OUTPUT="$work/loaded" "$prefix/bin/albs-sbom" "$work/no.rpm" >"$out" 2>"$err"
grep -q "$prefix/.*/albs/albs-rpm\.so" "$work"/loaded.* || fail 'albs-sbom does not load the installed albs-rpm.so'
# Of another version, not a module at all, missing.
# The version stands by itself there, and in the names of libraries, which stay.
sed 's/\x000\.1\.0\x00/\x009.9.9\x00/g' "$libdir/albs/albs-rpm.so" >"$work/other"
cp "$work/other" "$libdir/albs/albs-rpm.so"
expect 5 "$prefix/bin/albs-sbom" "$work/no.rpm"
expect_stderr 'of version 9.9.9'
cp "$libdir/libalbs.so" "$libdir/albs/albs-rpm.so"
expect 5 "$prefix/bin/albs-sbom" "$work/no.rpm"
expect_stderr 'no module of these tools'
rm "$libdir/albs/albs-rpm.so"
expect 5 "$prefix/bin/albs-sbom" "$work/no.rpm"
expect_stderr "cannot load '.*/albs/albs-rpm.so'"
expect_stderr 'install the tools again'
expect_empty_stdout
