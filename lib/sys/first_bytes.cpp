// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/first_bytes.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "sys/fd.hpp"
#include "sys/read_up_to.hpp"

namespace albs::sys {

Result<std::string> read_first_bytes(const std::string& path, std::size_t bytes)
{
    Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return system_error("cannot open", path);
    return read_up_to(bytes, path, [&](char* to, std::size_t count, std::size_t) {
        return ::read(file.get(), to, count); // pread(2) fails on pipes
    });
}

} // namespace albs::sys
