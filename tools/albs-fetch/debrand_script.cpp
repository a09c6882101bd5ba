// SPDX-License-Identifier: GPL-3.0-or-later
#include "debrand_script.hpp"

#include "base/format.hpp"
#include "debrand_sandbox.hpp"

namespace albs::fetch {

Status run_script(Session& session, const ScriptRun& run, SourceTree& configuration, SourceTree& tree)
{
    const std::string script = "scripts/" + run.action.script;
    const SourceFile* file = configuration.find(script);
    if (file == nullptr)
        return fail(Kind::input, format_text("there is no '{}'", script));
    ALBS_TRY(SandboxedFiles files, SandboxedFiles::make(session, run.time));
    SourceTree& changed = run.action.in_configuration ? configuration : tree;
    ALBS_CHECK(files.give(changed, "package"));
    ALBS_CHECK(files.give(SourceTree{{*file}}, "actions"));
    ALBS_CHECK(files.copy("package", run.package));
    ALBS_TRY([[maybe_unused]] std::string said,
             files.run({script_program, std::string(SandboxedFiles::given) + "/actions/" + script},
                       std::string(SandboxedFiles::writable) + "/" + run.package, run.action.script));
    ALBS_TRY(SourceTree after, files.take(run.package));
    // A file of the configuration may be there from an earlier time, and be made the same again.
    if (!run.action.in_configuration && write_source_tree(after) == write_source_tree(tree))
        return fail(Kind::input, format_text("'{}' changed nothing", run.action.script));
    changed = std::move(after);
    return {};
}

} // namespace albs::fetch
