// SPDX-License-Identifier: GPL-3.0-or-later
// One loop over read(2) and pread(2), which may give less than they were asked for. Only for the files of this folder.
#pragma once
#include <cerrno>
#include <string>
#include <sys/types.h>

#include "sys/fd.hpp"

namespace albs::sys {

/// At most size bytes, fewer where the file ends. read(to, count, done) is called after done bytes, as read(2).
template <class Read> Result<std::string> read_up_to(std::size_t size, const std::string& path, const Read& read)
{
    std::string bytes(size, '\0');
    std::size_t done = 0;
    while (done < size) {
        ssize_t count = read(bytes.data() + done, size - done, done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return system_error("cannot read", path);
        if (count == 0)
            break;
        done += static_cast<std::size_t>(count);
    }
    bytes.resize(done);
    return bytes;
}

} // namespace albs::sys
