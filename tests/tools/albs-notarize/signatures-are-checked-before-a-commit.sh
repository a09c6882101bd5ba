# SPDX-License-Identifier: GPL-3.0-or-later
# A statement whose signature came out wrong (memory, a library, a token) is not committed: it could never be taken out
# of the log again.
. "$ALBS_SOURCE/tests/lib.sh"
cat >flip.c <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
/* Flips a bit of the N-th ECDSA signature that is encoded. */
int i2d_ECDSA_SIG(const void* signature, unsigned char** to)
{
    static int count;
    int (*real)(const void*, unsigned char**) = (int (*)(const void*, unsigned char**))dlsym(RTLD_NEXT, "i2d_ECDSA_SIG");
    int writes = to != NULL && *to != NULL;
    int size = real(signature, to);
    if (writes && __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST) == atoi(getenv("FLIP")))
        (*to)[-1] ^= 1;
    return size;
}
END
gcc -shared -fPIC -o flip.so flip.c -ldl || fail 'the library does not compile'
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
make_files 5
expect 0 albs-notarize files files/0
cp "$ALBS_LEDGER/checkpoint" before
[ -z "${ALBS_SANITIZED:-}" ] || export ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0"
for which in 2 4; do # the first one tries the key
    FLIP=$which LD_PRELOAD="$work/flip.so" expect 5 albs-notarize files files/1 files/2 files/3 files/4
    [ ! -s "$out" ] || fail 'there is output'
    expect_stderr 'a signature that was just made does not hold; nothing was recorded'
    same "$ALBS_LEDGER/checkpoint" before
done
expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
expect 0 albs-notarize files files/1 files/2 files/3 files/4
expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
expect_stdout '^consistent log.example.org entries=5 statements=5$'
