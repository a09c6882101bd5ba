// SPDX-License-Identifier: GPL-3.0-or-later
// Files that a user names: whether they can be read is a matter of the command or of the file, not of the machine.
#pragma once
#include <cerrno>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace albs::sys {

/// system_error() for a named file: Kind::usage where nothing, or no file, is there; Kind::input where it may not be
/// read; Kind::environment for the rest.
tl::unexpected<Error> given_error(std::string_view problem, std::string_view path, int number = errno);
/// read_file() with the errors of given_error(); Kind::input for one that is larger than limit (bytes).
Result<std::string> read_given(const std::string& path, std::size_t limit = std::size_t{1} << 31);
/// For what another reader opens: something is there, and it may be read (of a directory: entered as well).
Status check_given(const std::string& path);

} // namespace albs::sys
