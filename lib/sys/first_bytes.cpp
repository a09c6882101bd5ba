// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/first_bytes.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::sys {

Result<std::string> read_first_bytes(const std::string& path, std::size_t bytes)
{
    Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return system_error("cannot open", path);
    std::string text(bytes, '\0');
    std::size_t got = 0;
    while (got < bytes) {
        ssize_t count = ::read(file.get(), text.data() + got, bytes - got);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return system_error("cannot read", path);
        if (count == 0)
            break;
        got += static_cast<std::size_t>(count);
    }
    text.resize(got);
    return text;
}

} // namespace albs::sys
