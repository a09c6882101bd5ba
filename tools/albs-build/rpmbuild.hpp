// SPDX-License-Identifier: GPL-3.0-or-later
// rpmbuild in rounds: while %generate_buildrequires of the spec, or its BuildRequires read with the macros of the root,
// ask for packages, the root gets more of them.
//
// rpmbuild cannot be told to go on in a root that grew: each round begins anew, in the root of a lock that has what
// all rounds before asked for. So the last lock alone, given to a later build, comes to the same in one round.
#pragma once
#include <string>

#include "run_task.hpp"
#include "running_log.hpp"
#include "source.hpp"
#include "sys/temporary.hpp"
#include "workplace.hpp"

namespace albs::build {

struct RpmbuildRun {
    sys::TemporaryDirectory directory; ///< of the last round
    Workplace place;
    sandbox::JobResult ended;
    Resources used;                   ///< by all rounds
    Artifact lock;                    ///< of the last root
    std::vector<std::string> further; ///< what the spec asked for in earlier rounds
    std::string refusal; ///< why there is no root of what it asks for; empty: that is not what it ended with
    std::vector<std::string> asks_for = {}; ///< what it asks for at last, where another run solves the root
};

/// The line of a log that says what a round added to the root.
std::string told_round(std::int64_t round, const std::vector<std::string>& added);

/// log has that of the last round then. Errors are the machine's, and the trust in packages; what the spec asks for and
/// cannot have is data.
Result<RpmbuildRun> run_rpmbuild_rounds(const BuildConfig& recipe, const PlannedTask& planned,
                                        const BuildContext& context, RunningLog& log);

} // namespace albs::build
