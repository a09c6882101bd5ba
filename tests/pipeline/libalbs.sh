# SPDX-License-Identifier: GPL-3.0-or-later
# The program of libalbs(3) against the installed tree, by pkg-config and by find_package: it reads a manifest and
# verifies its proofs. What no header declares is not exported.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/signed.sh"
example=$ALBS_SOURCE/examples/libalbs
sed -n '/^```$/,/^```$/p' "$ALBS_SOURCE/man/libalbs.3.scd" | sed '/^```$/d' >page
sed -n '/^#include/,$p' "$example/verify.cpp" | cmp -s - page ||
    fail 'libalbs(3) shows another program than examples/libalbs/verify.cpp'

cmake --install "$ALBS_BUILD/lib" --prefix "$work/first" >"$work/log" 2>&1 ||
    skip "libalbs is not built: $(tail -n 1 "$work/log")"
mv first prefix # nothing depends on where it was
library=$(dirname "$(find "$work/prefix" -name libalbs.so)")
PKG_CONFIG_PATH=$library/pkgconfig
export PKG_CONFIG_PATH
[ -z "${ALBS_SANITIZED:-}" ] || skip 'the library wants a sanitizer'

expect 0 pkg-config --modversion albs
version=$(cat "$out")
[ "$(albs-sbom --version)" = "albs-sbom $version" ] || fail 'pkg-config tells another version'
flags=$(pkg-config --cflags --libs albs)
# shellcheck disable=SC2086
expect 0 c++ -std=c++20 -O0 -Wall -Wextra -Werror -o by-pkg-config "$example/verify.cpp" $flags
expect 0 cmake -S "$example" -B by-cmake -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_BUILD_TYPE=Debug
expect 0 cmake --build by-cmake

make_ledger
build_package hello 1.0
manifest_of hello 1.0 | albs-notarize -q >manifest.json || fail 'notarize'
proofs=$(jq '.notarizations | length' manifest.json)
vkey=$ALBS_WORKSPACE/ledger/log.vkey
for program in ./by-pkg-config by-cmake/verify; do
    expect_from 0 manifest.json env LD_LIBRARY_PATH="$library" $program "$vkey"
    expect_no_stderr
    expect_stdout "^[0-9a-f]\{64\}  hello-1.0-1.$arch.rpm$"
    expect_stdout "^$proofs proofs hold$"
done
# A record that says something else than was recorded; no manifest; no key.
jq -c '.artifacts[0].size += 1 | .stages = []' manifest.json >changed.json
expect_from 1 changed.json env LD_LIBRARY_PATH="$library" ./by-pkg-config "$vkey"
expect_stderr '^verify: '
[ "$(sed -n 's/ proofs hold$//p' "$out")" -lt "$proofs" ] || fail 'the changed record has its proof'
for bad in '' '{}' '{"schema":"albs.manifest/1"} x'; do
    printf '%s' "$bad" >bad.json
    expect_from 2 bad.json env LD_LIBRARY_PATH="$library" ./by-pkg-config "$vkey"
    expect_empty_stdout
done
expect_from 2 manifest.json env LD_LIBRARY_PATH="$library" ./by-pkg-config manifest.json
expect_empty_stdout

# Each header that is installed can be included by itself.
include=$work/prefix/include/libalbs
for header in "$include"/base/*.hpp "$include"/albs/*/*.hpp; do echo "#include <${header#"$include"/}>"; done \
    >headers.cpp
[ "$(wc -l <headers.cpp)" -gt 9 ] || fail 'headers are missing'
expect 0 c++ -std=c++20 -fsyntax-only -I"$include" headers.cpp
# No name of what is inside, be it declared or not.
nm -DC --defined-only "$library/libalbs.so" >names
grep -q ' albs::read_json(.*@@ALBS_0.1' names || fail 'read_json() is not exported'
! grep -E 'albs::(sys|sbom|openpgp|detail|Ledger::|LedgerIndex|Journal|audit)' names >"$out" || fail 'internals are exported'
! grep -vE ' (T|A|V|W|R|D|B|u) (albs::|ALBS_|(vtable|typeinfo|typeinfo name|guard variable) for albs::)' names >"$out" \
    || fail 'names of others are exported'
cat >inside.cpp <<'END'
#include <string>
namespace albs::sys { bool exists(const std::string& path); }
int main() { return albs::sys::exists("/") ? 0 : 1; }
END
# shellcheck disable=SC2086
expect 1 c++ -std=c++20 -o inside inside.cpp $flags
expect_stderr 'undefined reference to .albs::sys::exists'
