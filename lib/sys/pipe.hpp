// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "sys/fd.hpp"

namespace albs::sys {

struct Pipe {
    Fd read;
    Fd write;
};

/// Both ends are closed in programs that are started.
Result<Pipe> make_pipe();

} // namespace albs::sys
