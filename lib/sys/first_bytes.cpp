// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/first_bytes.hpp"

#include <unistd.h>

#include "sys/read_up_to.hpp"
#include "sys/readable.hpp"

namespace albs::sys {

Result<std::string> read_first_bytes(const std::string& path, std::size_t bytes)
{
    ALBS_TRY(Fd file, open_readable(path));
    return read_up_to(bytes, path, [&](char* to, std::size_t count, std::size_t) {
        return ::read(file.get(), to, count); // pread(2) fails on pipes
    });
}

} // namespace albs::sys
