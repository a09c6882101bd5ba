// SPDX-License-Identifier: GPL-3.0-or-later
// What a git server has now, asked for by one request of ours: a run of git needs several, and processes of its own.
#pragma once
#include <optional>
#include <string>

#include "git/advertisement.hpp"
#include "git/location.hpp"

namespace albs::fetch {

/// Nothing where it would not help (no mirror yet in the cache directory, a full commit id), cannot be asked so (other
/// schemes, a password in the URL), or did not answer well: then git asks, and says what is wrong.
std::optional<git::References> served_references(const std::string& cache, const git::Location& location);

} // namespace albs::fetch
