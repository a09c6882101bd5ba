// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are opened to be read from their beginning to their end, whatever their name stands for.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sys/fd.hpp"

namespace albs::sys {

/// How long a named pipe is waited for that nobody has opened to write to it.
constexpr std::chrono::milliseconds max_wait_for_writer{5000};

/// Makes an Error of a system call's: system_error(), given_error().
using ErrorOfCall = tl::unexpected<Error> (*)(std::string_view problem, std::string_view path, int number);

/// Opens what can be read to its end: a file, a pipe (also one of a shell, "/dev/fd/63"), a terminal, /dev/null.
/// Kind::input for a named pipe that nobody writes to and for other devices, which may have no end. A directory is the
/// error EISDIR of "cannot read".
Result<Fd> open_readable(const std::string& path, ErrorOfCall error_of = system_error,
                         std::chrono::milliseconds wait = max_wait_for_writer);

/// For what is read more than once, or by a library: Kind::input for what is no regular file, Kind::environment for
/// what is not there.
Status check_regular(const std::string& path);
/// Opens a regular file, without waiting for anything; errors as of check_regular().
Result<Fd> open_regular(const std::string& path);

} // namespace albs::sys
