// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/file_lock.hpp"

#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/time.hpp"

namespace albs::sys {

namespace {

constexpr long ring_again_ms = 20;

// A timer's signal ends the system call of the thread that waits, and does nothing else.
class AlarmClock {
public:
    explicit AlarmClock(long wait_ms)
    {
        [[maybe_unused]] static const int installed = [] {
            struct sigaction nothing {};
            nothing.sa_handler = [](int) {};
            return ::sigaction(SIGRTMAX, &nothing, nullptr);
        }();
        sigevent event{};
        event.sigev_notify = SIGEV_THREAD_ID;
        event.sigev_signo = SIGRTMAX;
        event._sigev_un._tid = ::gettid();
        made_ = ::timer_create(CLOCK_MONOTONIC, &event, &timer_) == 0;
        // Again and again, should it ring before the call is entered.
        itimerspec times{.it_interval = {.tv_sec = 0, .tv_nsec = ring_again_ms * 1'000'000},
                         .it_value = {.tv_sec = wait_ms / 1000, .tv_nsec = wait_ms % 1000 * 1'000'000 + 1}};
        set_ = made_ && ::timer_settime(timer_, 0, &times, nullptr) == 0;
    }
    AlarmClock(const AlarmClock&) = delete;
    AlarmClock& operator=(const AlarmClock&) = delete;
    ~AlarmClock()
    {
        if (made_)
            (void)::timer_delete(timer_);
    }
    bool is_set() const { return set_; }

private:
    timer_t timer_{};
    bool made_ = false;
    bool set_ = false;
};

// The kernel has a queue of those that wait, in the order in which they came, and takes out who is killed or stopped.
// Whoever only tried again from time to time would come after others that came later.
Status wait_in_turn(int file, int how, long wait_ms, const std::string& path)
{
    std::int64_t deadline = monotonic_ms() + wait_ms;
    auto busy = [&] {
        return fail(Kind::temporary, "'" + path + "' is locked by another process", "wait for it, then run this again");
    };
    if (wait_ms <= 0)
        return busy();
    AlarmClock clock(wait_ms);
    if (!clock.is_set())
        return system_error("cannot wait for", path);
    while (::flock(file, how) != 0) {
        if (errno != EINTR)
            return system_error("cannot lock", path);
        if (monotonic_ms() >= deadline)
            return busy();
    }
    return {};
}

} // namespace

Result<FileLock> FileLock::take(const std::string& path, int how, long wait_ms)
{
    Fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
    // A reader may share the lock of what it cannot write.
    if (!file && how == LOCK_SH && (errno == EACCES || errno == EROFS))
        file = Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file)
        return system_error("cannot open lock", path);
    if (::flock(file.get(), how | LOCK_NB) == 0)
        return FileLock(std::move(file));
    if (errno != EWOULDBLOCK && errno != EINTR)
        return system_error("cannot lock", path);
    ALBS_CHECK(wait_in_turn(file.get(), how, wait_ms, path));
    return FileLock(std::move(file));
}

Result<FileLock> FileLock::exclusive(const std::string& path, long wait_ms)
{
    return take(path, LOCK_EX, wait_ms);
}

Result<FileLock> FileLock::shared(const std::string& path, long wait_ms)
{
    return take(path, LOCK_SH, wait_ms);
}

} // namespace albs::sys
