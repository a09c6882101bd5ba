// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/readable.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/format.hpp"
#include "sys/pipe.hpp"

namespace albs::sys {
namespace {

/// open(2) of a named pipe waits for a writer, but for O_NONBLOCK. A file that another process has a lease on is the
/// only one that has to be waited for (fcntl(2), F_SETLEASE).
int open_without_waiting(const char* path)
{
    constexpr int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY;
    int fd = ::open(path, flags | O_NONBLOCK);
    return fd < 0 && errno == EWOULDBLOCK ? ::open(path, flags) : fd;
}

bool is_null(const struct stat& status)
{
    return S_ISCHR(status.st_mode) && major(status.st_rdev) == 1 && minor(status.st_rdev) == 3;
}

/// tee(2) takes nothing from the pipe: it has 0 where there is no writer, and EAGAIN where one has not written yet.
bool has_writer(int fd)
{
    Result<Pipe> other = make_pipe();
    return !other || ::tee(fd, other->write.get(), 1, SPLICE_F_NONBLOCK) != 0;
}

Status check_is_regular(const struct stat& status, const std::string& path)
{
    if (S_ISREG(status.st_mode))
        return {};
    const char* what = S_ISDIR(status.st_mode) ? "directory" : S_ISFIFO(status.st_mode) ? "pipe" : "device";
    return fail(Kind::input, format_text("'{}' is a {}, and no regular file", path, what));
}

Status wait_for_writer(int fd, const std::string& path, std::chrono::milliseconds wait)
{
    pollfd one{fd, POLLIN, 0};
    int ready = 0;
    do
        ready = ::poll(&one, 1, static_cast<int>(wait.count()));
    while (ready < 0 && errno == EINTR);
    if (ready == 0 && !has_writer(fd))
        return fail(Kind::input, "'" + path + "' is a pipe that nobody writes to");
    return {};
}

} // namespace

Result<Fd> open_readable(const std::string& path, ErrorOfCall error_of, std::chrono::milliseconds wait)
{
    Fd file(open_without_waiting(path.c_str()));
    if (!file)
        return error_of("cannot open", path, errno);
    struct stat status {};
    if (::fstat(file.get(), &status) != 0)
        return error_of("cannot read", path, errno);
    if (S_ISREG(status.st_mode))
        return file;
    if (S_ISDIR(status.st_mode))
        return error_of("cannot read", path, EISDIR);
    if (S_ISFIFO(status.st_mode))
        ALBS_CHECK(wait_for_writer(file.get(), path, wait));
    else if (!is_null(status) && ::isatty(file.get()) == 0)
        return fail(Kind::input, "'" + path + "' is a device, and no regular file");
    // From here on it is waited for what comes.
    if (::fcntl(file.get(), F_SETFL, ::fcntl(file.get(), F_GETFL) & ~O_NONBLOCK) != 0)
        return error_of("cannot read", path, errno);
    return file;
}

Status check_regular(const std::string& path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return system_error("cannot open", path);
    return check_is_regular(status, path);
}

Result<Fd> open_regular(const std::string& path)
{
    Fd file(open_without_waiting(path.c_str()));
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0)
        return system_error("cannot open", path);
    ALBS_CHECK(check_is_regular(status, path));
    return file;
}

} // namespace albs::sys
