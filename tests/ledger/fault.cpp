// SPDX-License-Identifier: GPL-3.0-or-later
// LD_PRELOAD: the Nth system call that changes files kills the process or fails.
//
// ALBS_FAULT=N:kill, N:eio or N:enospc; ALBS_FAULT_COUNT=FILE writes how many there were, ALBS_FAULT_LOG=FILE which:
// lines of the call and the file (of a rename, what is replaced). Counted are open for writing, write, pwrite,
// ftruncate, fchown, fsync, fdatasync, rename, unlink, mkdir, close; every-call-is-walked.sh holds that a commit makes no
// others; a kill comes before the call. ALBS_FAULT_BOOT=FILE is read for
// the kernel's boot id: another one is as good as a restart.
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <string>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

std::atomic<long> calls{0};

template <class Function> Function next(const char* name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

// By a call that is not counted.
void log_call(const char* name, const char* path)
{
    static const char* log = std::getenv("ALBS_FAULT_LOG");
    static const long file =
        log == nullptr ? -1 : ::syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file < 0)
        return;
    std::string line = std::string(name) + " " + path + "\n";
    (void)::syscall(SYS_write, file, line.data(), line.size());
}

void log_call(const char* name, int fd)
{
    std::array<char, 4096> path{};
    (void)!::readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), path.data(), path.size() - 1);
    log_call(name, path.data());
}

// The error of this call, or 0. subject: a path or a descriptor.
template <class Subject> int fault(const char* name, Subject subject)
{
    static const char* plan = std::getenv("ALBS_FAULT");
    log_call(name, subject);
    long now = ++calls;
    if (plan == nullptr || std::atol(plan) != now)
        return 0;
    const char* what = std::strchr(plan, ':');
    if (what == nullptr || std::strcmp(what, ":kill") == 0)
        (void)::raise(SIGKILL);
    return what != nullptr && std::strcmp(what, ":eio") == 0 ? EIO : ENOSPC;
}

struct Report {
    ~Report()
    {
        if (const char* path = std::getenv("ALBS_FAULT_COUNT"))
            if (FILE* file = std::fopen(path, "w")) {
                (void)std::fprintf(file, "%ld\n", calls.load());
                (void)std::fclose(file);
            }
    }
} report;

} // namespace

#define ALBS_FAULT_CALL(type, name, parameters, arguments, subject)                                                    \
    extern "C" type name parameters                                                                                    \
    {                                                                                                                  \
        static auto real = next<type(*) parameters>(#name);                                                            \
        if (int error = fault(#name, subject)) {                                                                       \
            errno = error;                                                                                             \
            return -1;                                                                                                 \
        }                                                                                                              \
        return real arguments;                                                                                         \
    }

ALBS_FAULT_CALL(ssize_t, write, (int fd, const void* bytes, size_t size), (fd, bytes, size), fd)
ALBS_FAULT_CALL(ssize_t, pwrite64, (int fd, const void* bytes, size_t size, off64_t at), (fd, bytes, size, at), fd)
ALBS_FAULT_CALL(int, ftruncate, (int fd, off_t size) noexcept, (fd, size), fd)
ALBS_FAULT_CALL(int, ftruncate64, (int fd, off64_t size) noexcept, (fd, size), fd)
ALBS_FAULT_CALL(int, fchown, (int fd, uid_t user, gid_t group) noexcept, (fd, user, group), fd)
ALBS_FAULT_CALL(int, mkdir, (const char* path, mode_t mode) noexcept, (path, mode), path)
ALBS_FAULT_CALL(int, fsync, (int fd), (fd), fd)
ALBS_FAULT_CALL(int, fdatasync, (int fd), (fd), fd)
ALBS_FAULT_CALL(int, rename, (const char* from, const char* to) noexcept, (from, to), to)
ALBS_FAULT_CALL(int, renameat2, (int a, const char* from, int b, const char* to, unsigned flags) noexcept,
                (a, from, b, to, flags), to)
ALBS_FAULT_CALL(int, unlink, (const char* path) noexcept, (path), path)

// A descriptor that close() could not close is closed all the same, as on Linux.
extern "C" int close(int fd)
{
    static auto real = next<int (*)(int)>("close");
    int error = fault("close", fd);
    int result = real(fd);
    if (error != 0) {
        errno = error;
        return -1;
    }
    return result;
}

extern "C" int openat(int at, const char* path, int flags, ...)
{
    static auto real = next<int (*)(int, const char*, int, ...)>("openat");
    va_list list;
    va_start(list, flags);
    mode_t mode = va_arg(list, mode_t);
    va_end(list);
    static const char* boot = std::getenv("ALBS_FAULT_BOOT");
    if (boot != nullptr && std::strcmp(path, "/proc/sys/kernel/random/boot_id") == 0)
        path = boot;
    bool writes = (flags & (O_WRONLY | O_RDWR | O_CREAT)) != 0;
    if (int error = writes ? fault("open", path) : 0) {
        errno = error;
        return -1;
    }
    return real(at, path, flags, mode);
}

extern "C" int open(const char* path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    mode_t mode = va_arg(list, mode_t);
    va_end(list);
    return openat(AT_FDCWD, path, flags, mode);
}

// SQLite's way to open.
extern "C" int open64(const char* path, int flags, ...) __attribute__((alias("open")));
