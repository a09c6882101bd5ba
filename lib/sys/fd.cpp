// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/fd.hpp"

#include <cstring>
#include <poll.h>
#include <vector>

namespace albs::sys {

tl::unexpected<Error> system_error(std::string_view problem, std::string_view subject, int number)
{
    std::string message(problem);
    message.append(" '").append(subject).append("': ").append(std::strerror(number));
    std::string hint;
    if (number == ENOSPC || number == EDQUOT)
        hint = "free some space and run the command again: what is done is not done twice";
    return fail(Kind::environment, std::move(message), std::move(hint));
}

Status read_pieces(int fd, std::string_view subject, const std::function<Status(std::string_view)>& take)
{
    // Kept from call to call: to clear as much memory takes longer than to hash a small file. Moved out while in use,
    // since take may read something, too.
    thread_local std::vector<char> kept;
    std::vector<char> buffer = std::move(kept);
    buffer.resize(std::size_t{256} * 1024);
    Status done;
    while (done) {
        ssize_t count = ::read(fd, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN) { // as CI runners leave descriptors to us
            pollfd one{fd, POLLIN, 0};
            (void)::poll(&one, 1, -1);
            continue;
        }
        if (count == 0)
            break;
        done = count < 0 ? Status(system_error("cannot read", subject))
                         : take({buffer.data(), static_cast<std::size_t>(count)});
    }
    kept = std::move(buffer);
    return done;
}

} // namespace albs::sys
