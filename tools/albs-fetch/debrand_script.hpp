// SPDX-License-Identifier: GPL-3.0-or-later
// Scripts of a debranding: programs of a repository, so they see the files of the package and of the configuration, and
// nothing else.
#pragma once
#include "albs/manifest/source_tree.hpp"
#include "debrand_edit.hpp"
#include "session.hpp"

namespace albs::fetch {

/// What is recorded as having run them.
inline constexpr const char* script_program = "bash";

struct ScriptRun {
    const Action& action;
    std::int64_t time; ///< SOURCE_DATE_EPOCH, and of the files
    const std::string& package;
};

/// Runs the script in a copy of the package's files or, where the action says so, of the configuration's, in the
/// sandbox with the programs of this machine and without network; these files are what it leaves. Kind::input if it
/// fails, changes nothing of the package, or leaves what no checkout may have; Kind::environment where there is no
/// sandbox.
Status run_script(Session& session, const ScriptRun& run, SourceTree& configuration, SourceTree& tree);

} // namespace albs::fetch
