// SPDX-License-Identifier: GPL-3.0-or-later
// Whether reproduce --vary can change the order in which directories list their names. Programs that see it are the
// most frequent cause of packages that differ; disorderfs, which others use, needs FUSE, which a sandbox without
// privileges has not. A build in memory (tmpfs) sees the newest name first; one on disk what its file system makes of
// it.
#pragma once
#include <string_view>

#include "run_task.hpp"
#include "variation.hpp"

namespace albs::build {

/// Takes "order" out, with a warning about the task, if memory has the order of the disk that the workspace is on: it
/// is tried. Errors are the sandbox's.
Status leave_out_order(Variation& varied, const BuildContext& context, std::string_view task);

} // namespace albs::build
