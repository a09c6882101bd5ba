// SPDX-License-Identifier: GPL-3.0-or-later
// A loop over independent pieces of work on several threads.
#pragma once
#include <cstddef>
#include <functional>

#include "albs/result.hpp"

namespace albs::sys {

/// Calls work(0) … work(count-1), each once, on at most jobs threads. The first error (by number) is returned; work not
/// yet begun then is not begun.
Status for_each_parallel(std::size_t count, std::size_t jobs, const std::function<Status(std::size_t)>& work);

} // namespace albs::sys
