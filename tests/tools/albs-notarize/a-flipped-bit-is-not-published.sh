# SPDX-License-Identifier: GPL-3.0-or-later
# What memory or disk got wrong is seen before anybody else sees it: a journal or a tile that does not give back what
# was written, and a checkpoint's signature, by the present key or the old one, that does not hold. The next run goes on.
. "$ALBS_SOURCE/tests/lib.sh"
cat >flip.c <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
/* FLIP: journal, tile, or the number of the Ed25519 signature whose last byte is changed. */
static int is(const char* what) { return strcmp(getenv("FLIP"), what) == 0; }
static int names(int fd, const char* part)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, sizeof path - 1);
    path[size < 0 ? 0 : size] = 0;
    return strstr(path, part) != NULL;
}
static ssize_t flipped(int fd, void* to, ssize_t size)
{
    if (size > 0 && is("journal") && names(fd, "/.state/journal"))
        ((char*)to)[size / 2] ^= 4;
    return size;
}
ssize_t pread(int fd, void* to, size_t count, off_t at)
{
    static ssize_t (*real)(int, void*, size_t, off_t);
    real = (ssize_t(*)(int, void*, size_t, off_t))dlsym(RTLD_NEXT, "pread");
    return flipped(fd, to, real(fd, to, count, at));
}
ssize_t pread64(int fd, void* to, size_t count, off64_t at) { return pread(fd, to, count, at); }
ssize_t write(int fd, const void* from, size_t count)
{
    ssize_t (*real)(int, const void*, size_t) = (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
    if (count < 8193 && is("tile") && names(fd, "/tile/0/")) {
        char other[8192];
        memcpy(other, from, count);
        other[count - 1] ^= 4;
        return real(fd, other, count);
    }
    return real(fd, from, count);
}
int EVP_DigestSign(void* context, unsigned char* to, size_t* size, const unsigned char* from, size_t count)
{
    static int calls;
    int (*real)(void*, unsigned char*, size_t*, const unsigned char*, size_t) =
        (int (*)(void*, unsigned char*, size_t*, const unsigned char*, size_t))dlsym(RTLD_NEXT, "EVP_DigestSign");
    int done = real(context, to, size, from, count);
    if (to != NULL && *size == 64 && __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST) == atoi(getenv("FLIP")))
        to[63] ^= 1;
    return done;
}
END
gcc -shared -fPIC -o flip.so flip.c -ldl || fail 'the library does not compile'
. "$ALBS_SOURCE/tests/tools/albs-notarize/setup.inc"
[ -z "${ALBS_SANITIZED:-}" ] || export ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0"
make_files 9
expect 0 albs-notarize files files/0
# flipped WHAT STATUS MESSAGE FILE: nothing of it is public; the next run, of the same, makes it so.
flipped() {
    cp "$ALBS_LEDGER/checkpoint" before
    FLIP=$1 LD_PRELOAD="$work/flip.so" expect "$2" albs-notarize files "$4"
    expect_empty_stdout
    expect_stderr "$3"
    same "$ALBS_LEDGER/checkpoint" before
    expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
    expect 0 albs-notarize files "$4"
    expect 0 albs-notarize audit --log-key "$key" "$ALBS_LEDGER"
}
flipped journal 5 'does not give back what was written to it' files/1
flipped tile 4 'do not have the root' files/2
made='the signature of a checkpoint that was just made does not hold; it was not published'
flipped 2 5 "$made" files/3 # the first one tries the key
expect 0 albs-notarize rotate-key
flipped 2 5 "$made" files/4
flipped 3 5 "$made" files/5
