// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/pipe.hpp"

#include <fcntl.h>

namespace albs::sys {

Result<Pipe> make_pipe()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return system_error("cannot make", "pipe");
    return Pipe{Fd(ends[0]), Fd(ends[1])};
}

} // namespace albs::sys
