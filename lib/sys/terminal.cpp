// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/terminal.hpp"

#include <array>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <optional>
#include <termios.h>

#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::sys {
namespace {

constexpr std::size_t max_line = 1024;

// The terminal while it does not show what is typed.
struct SilentTerminal {
    std::mutex mutex;
    int fd = -1;
    struct termios before {};
};

SilentTerminal& silenced()
{
    static auto* only = new SilentTerminal;
    return *only;
}

Status silence(int fd)
{
    SilentTerminal& state = silenced();
    std::lock_guard guard(state.mutex);
    if (::tcgetattr(fd, &state.before) != 0)
        return system_error("cannot use", "/dev/tty");
    struct termios quiet = state.before;
    quiet.c_lflag = (quiet.c_lflag & ~static_cast<tcflag_t>(ECHO)) | ICANON | ISIG;
    if (::tcsetattr(fd, TCSAFLUSH, &quiet) != 0)
        return system_error("cannot use", "/dev/tty");
    state.fd = fd;
    return {};
}

} // namespace

void restore_terminal()
{
    SilentTerminal& state = silenced();
    std::lock_guard guard(state.mutex);
    if (state.fd >= 0)
        (void)::tcsetattr(state.fd, TCSAFLUSH, &state.before);
    state.fd = -1;
}

Result<std::string> ask_secret(std::string_view prompt)
{
    Fd terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
    if (!terminal)
        return fail(Kind::environment, std::string("no terminal to ask for it: ") + std::strerror(errno));
    ALBS_CHECK(silence(terminal.get()));
    (void)write_bytes(terminal.get(), prompt);
    std::array<char, max_line> line{};
    ssize_t count = 0;
    do
        count = ::read(terminal.get(), line.data(), line.size());
    while (count < 0 && errno == EINTR);
    restore_terminal();
    (void)write_bytes(terminal.get(), "\n");
    std::string text(line.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    ::explicit_bzero(line.data(), line.size());
    if (!text.ends_with('\n'))
        return fail(Kind::environment, "nothing was typed at the terminal");
    text.pop_back();
    return text;
}

} // namespace albs::sys
