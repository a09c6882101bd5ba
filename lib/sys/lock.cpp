// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/lock.hpp"

#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>

#include "base/time.hpp"

namespace albs::sys {

Result<Lock> Lock::take(const std::string& path, int how, long wait_ms)
{
    Fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
    // A reader may share the lock of what it cannot write.
    if (!file && how == LOCK_SH && (errno == EACCES || errno == EROFS))
        file = Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file)
        return system_error("cannot open lock", path);
    std::int64_t deadline = monotonic_ms() + wait_ms;
    while (::flock(file.get(), how | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return system_error("cannot lock", path);
        if (monotonic_ms() >= deadline)
            return fail(Kind::temporary, "'" + path + "' is locked by another process",
                        "wait for it, then run this again");
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return Lock(std::move(file));
}

Result<Lock> Lock::exclusive(const std::string& path, long wait_ms)
{
    return take(path, LOCK_EX, wait_ms);
}

Result<Lock> Lock::shared(const std::string& path, long wait_ms)
{
    return take(path, LOCK_SH, wait_ms);
}

} // namespace albs::sys
