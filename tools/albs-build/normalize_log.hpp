// SPDX-License-Identifier: GPL-3.0-or-later
// A build's log without what varies from run to run for no reason: it is an artifact, named by its digest, and a build
// that was killed and run again should say the same.
#pragma once
#include <string>

#include "base/result.hpp"

namespace albs::build {

/// In place, byte offsets kept: names of temporary files (drawn anew each time) become X, and lines that rpmbuild's
/// threads write in any order are sorted. The order of a parallel make's output stays what it was.
Status settle_log(const std::string& path);
std::string settled(std::string text);

} // namespace albs::build
