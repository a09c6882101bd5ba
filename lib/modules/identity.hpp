// SPDX-License-Identifier: GPL-3.0-or-later
// What tells one build of a module stream from another: version, context and dist, as the AlmaLinux Build System makes
// them, so that what is built here can stand beside what was built there.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace albs::modules {

/// The version of a stream: the platform's prefix ("81000") and a time as digits, YYYYMMDDHHMMSS in UTC. Kind::input
/// for what is no number of 64 bits.
Result<std::uint64_t> version_of(const std::string& prefix, std::int64_t seconds);

/// Eight digits that stand for the streams a build was made with and those that its packages run with: the start of
/// the SHA-1 of "BUILD:RUN", where each is the SHA-1 of a JSON object, sorted, as Python writes it.
std::string context_of(const std::map<std::string, std::string>& at_build,
                       const std::map<std::string, std::vector<std::string>>& at_run);

struct Identity {
    std::string name;
    std::string stream;
    std::uint64_t version = 0;
    std::string context;
    /// "NAME:STREAM:VERSION:CONTEXT": the modularity label of packages.
    std::string label() const;
};
/// ".module_DIST_PREFIX+INDEX+HASH", where HASH stands for NAME.STREAM.VERSION.CONTEXT.
std::string dist_of(const Identity& identity, const std::string& dist_prefix, std::int64_t index);

/// The lines of a macro file, "%NAME BODY", as definitions "NAME BODY". Kind::input for a line that is none.
Result<std::vector<std::string>> definitions_of(const std::string& macros);

} // namespace albs::modules
