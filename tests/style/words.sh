# SPDX-License-Identifier: GPL-3.0-or-later
# What the code must not use: a shell, stdout, slow or throwing parts of the standard library.
. "$ALBS_SOURCE/tests/lib.sh"
cd "$ALBS_SOURCE" || exit 1

: >"$out"
# banned PATTERN WHY: no match in lib and tools, comments aside.
banned() {
    grep -rnE --include='*.cpp' --include='*.hpp' "$1" lib tools | grep -vE '^[^:]*:[0-9]*: *//' |
        sed "s/^/$2: /" >>"$out"
}
banned '(^|[^_[:alnum:]])(system|popen)\(' 'no shell: sys::run()'
banned 'std::(cout|wcout)|(^|[^_[:alnum:]])(puts|putchar|printf)\(|printf\(stdout|fputs\([^;]*stdout' \
    'stdout is the manifest: cli::run() writes it'
banned 'std::cerr' 'messages go through cli::Messages'
banned 'std::regex|#include <(regex|iostream)>' 'slow to build and to run'
banned '(^|[^_[:alnum:]])(strcpy|strcat|sprintf|gets|mktemp|tmpnam|alloca)\(' 'unsafe'
banned '(^|[^_[:alnum:]])(fork|vfork|execvp|execv|execl|execlp)\(' 'children are started by sys::run()'
banned 'std::(exit|quick_exit)\(|(^|[^_:[:alnum:]])exit\(' 'errors are values'
banned '(^|[^_[:alnum:]])(BN|EC_POINT|EC_GROUP|EC_KEY|ECDSA|HMAC|EVP_MAC|RAND)_[a-z]' \
    'no cryptographic arithmetic, MAC or nonce of ours: EVP signs'
banned 'malloc\(' 'values and unique_ptr own'
banned '(^|[^_[:alnum:]])assert\(' 'input is checked and bugs are reported'
banned 'TODO|FIXME|XXX[^X]' 'say it in an issue'
# Where the door to the kernel itself stands, and the XXXXXX of mkdtemp.
grep -vE '^no shell.*: lib/sys/|^children are started.*: lib/(sys|sandbox)/|XXXXXX' "$out" >"$err" || :
: >"$out"
[ ! -s "$err" ] || fail 'banned words'
