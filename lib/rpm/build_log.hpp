// SPDX-License-Identifier: GPL-3.0-or-later
// What a failed rpmbuild says of its failure: where it was, what kind it is, and the first line that shows the cause.
//
// A log is text that a package wrote: it can explain a failure, and never proves what was built.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace albs::rpm {

struct BuildFailure {
    std::string phase;   ///< "setup", "prep", "buildrequires", "conf", "build", "install", "check", "package"
    std::string kind;    ///< dependency, spec, license, patch, compile, test, unpackaged, disk, memory, network, arch
    std::string message; ///< the first cause: one line of readable UTF-8, at most 300 bytes
    std::int64_t offset = 0; ///< byte in the log where that line begins
};

/// The log of an rpmbuild that ended with another status than 0.
BuildFailure failure_in(std::string_view log);
/// The phase that a log had reached, for failures that the log itself does not know of (a time limit).
std::string phase_reached(std::string_view log);

} // namespace albs::rpm
