// SPDX-License-Identifier: GPL-3.0-or-later
// What of a build's surroundings reproduce --vary changes: none of it should show in what is built.
#pragma once
#include <functional>
#include <set>
#include <string>

#include "base/result.hpp"

namespace albs::sandbox {
struct Job;
}

namespace albs::build {

/// Words of --vary. Empty: as always.
using Variation = std::set<std::string>;

/// "host,umask": words of time, host, path, locale, order, jobs, umask; "all" is all of them. Kind::usage for another.
Result<Variation> read_variation(const std::string& list);

/// Where the build is, below /builddir: "build" if the path is not varied.
std::string varied_top(const Variation& varied);
/// Changes a job that runs rpmbuild: time zone, host name, %_topdir, locale, number of jobs, umask. The order of names
/// in directories is the Workplace's.
void vary(const Variation& varied, sandbox::Job& job);

/// The causes: a smallest subset with which something DIFFERS, so that without any one of them nothing does. The whole
/// has to differ. Asks at most once for each word.
Result<Variation> find_causes(Variation varied, const std::function<Result<bool>(const Variation&)>& differs);

} // namespace albs::build
