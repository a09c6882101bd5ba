// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/stdio.hpp"

#include <array>
#include <bitset>
#include <csignal>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>

#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/signals.hpp"
#include "sys/temporary_registry.hpp"

namespace albs::sys {
namespace {

int real_stdout = -1;
bool stdout_was_closed = false;
bool stdin_was_closed = false;
std::bitset<256> inherited;

bool is_closed(int fd)
{
    return fcntl(fd, F_GETFD) == -1 && errno == EBADF;
}

// Which descriptors are open, in one call.
void note_inherited()
{
    std::array<struct pollfd, inherited.size()> all{};
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i].fd = static_cast<int>(i);
    bool told = ::poll(all.data(), all.size(), 0) >= 0;
    for (std::size_t i = 0; i < all.size(); ++i)
        inherited[i] = told && (all[i].revents & POLLNVAL) == 0;
}

} // namespace

void protect_standard_streams()
{
    note_inherited();
    stdin_was_closed = is_closed(STDIN_FILENO);
    stdout_was_closed = is_closed(STDOUT_FILENO);
    // open(2) gives the lowest free number, so this fills 0, 1, 2 in turn and stops above them.
    int null = ::open("/dev/null", O_RDWR);
    while (null >= 0 && null <= STDERR_FILENO)
        null = ::open("/dev/null", O_RDWR);
    if (null > STDERR_FILENO)
        (void)::close(null);
    real_stdout = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    (void)dup2(STDERR_FILENO, STDOUT_FILENO);
    // Descriptors that we inherited are nobody else's business, least of all a sandbox's.
    (void)::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
    // Libraries write to sockets; a lost peer there is an error to report and not a death.
    (void)std::signal(SIGPIPE, SIG_IGN);
}

Status stream_standard_output(std::string_view bytes)
{
    if (stdout_was_closed)
        return fail(Kind::environment, "cannot write standard output: it is closed",
                    "give -o FILE, or leave stdout open");
    int number = write_bytes(real_stdout, bytes);
    struct pollfd output = {real_stdout, POLLOUT, 0};
    if (bytes.empty() && ::poll(&output, 1, 0) == 1 && (output.revents & POLLERR) != 0)
        number = EPIPE;
    if (number == EPIPE) {
        remove_registered_temporaries();
        die_of(SIGPIPE);
    }
    return number == 0 ? Status() : system_error("cannot write", "standard output", number);
}

Status write_standard_output(std::string_view bytes)
{
    ALBS_CHECK(stream_standard_output(bytes));
    if (::close(std::exchange(real_stdout, -1)) != 0)
        return system_error("cannot close", "standard output");
    return {};
}

Result<std::string> read_standard_input()
{
    if (stdin_was_closed)
        return fail(Kind::input, "standard input is closed", "pipe a manifest in, or name a file");
    if (::isatty(STDIN_FILENO) == 1)
        return fail(Kind::usage, "standard input is a terminal", "pipe a manifest in, or name a file");
    return read_all(STDIN_FILENO, "standard input");
}

bool is_inherited(int fd)
{
    return fd >= 0 && static_cast<std::size_t>(fd) < inherited.size() && inherited[static_cast<std::size_t>(fd)];
}

bool stderr_is_terminal()
{
    return ::isatty(STDERR_FILENO) == 1;
}

} // namespace albs::sys
