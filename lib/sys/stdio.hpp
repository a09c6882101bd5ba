// SPDX-License-Identifier: GPL-3.0-or-later
// Standard streams: the manifest's way out is kept apart from whatever libraries and children print.
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace albs::sys {

/// Opens /dev/null on any closed descriptor of 0-2 (or the first file opened would become stdout), moves stdout away
/// and points fd 1 at stderr, ignores SIGPIPE. Call first in main.
void protect_standard_streams();
/// Writes all to the real stdout and closes it. Kind::environment on any failure (full disk, closed stdout). When the
/// reader is gone, dies of SIGPIPE as other filters do.
Status write_standard_output(std::string_view bytes);
/// Writes a part to the real stdout, which stays open: for what is read while it comes about. Nothing at all asks
/// whether somebody still reads; if nobody does, dies of SIGPIPE.
Status stream_standard_output(std::string_view bytes);
/// All of stdin; a terminal or a closed stdin is an error.
Result<std::string> read_standard_input();
bool stderr_is_terminal();
/// The descriptor (below 256) was open when the program was started, so it is the caller's.
bool is_inherited(int fd);

} // namespace albs::sys
