// SPDX-License-Identifier: GPL-3.0-or-later
#include "debrand_script.hpp"

#include "base/digest.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "copy_checkout.hpp"
#include "sandbox/sandbox.hpp"
#include "sources.hpp"
#include "store/lay_out_tree.hpp"
#include "sys/file.hpp"
#include "tree.hpp"

namespace albs::fetch {
namespace {

constexpr const char* given_inside = "/source"; ///< read-only: the package and the script
constexpr std::size_t max_word = 400;           ///< of what a script says, in a message

sandbox::Limits limits()
{
    sandbox::Limits limits;
    limits.timeout_ms = 600000;
    limits.processes = 4096;
    limits.memory_bytes = std::int64_t{4} << 30;
    limits.memory_of_each = true;
    limits.file_bytes = std::int64_t{4} << 30;
    limits.disk_bytes = std::int64_t{16} << 30;
    limits.log_bytes = std::int64_t{1} << 20;
    return limits;
}

/// The last line of what it said, for people.
std::string last_words(const std::string& log)
{
    const std::vector<std::string> lines = split_lines(log);
    for (auto line = lines.rbegin(); line != lines.rend(); ++line)
        if (!split_words(*line).empty())
            return as_utf8(line->substr(0, max_word));
    return "it says nothing";
}

/// One command in the sandbox; "/builddir" is the directory `place`/builddir.
Status run_inside(const std::string& place, std::vector<std::string> words, const std::string& directory,
                  const ScriptRun& run)
{
    sandbox::Job job;
    job.argv = std::move(words);
    job.directory = directory;
    job.environment = {"SOURCE_DATE_EPOCH=" + std::to_string(run.time)};
    job.mounts = {{place + "/given", given_inside, false}, {place + "/builddir", "/builddir", true}};
    job.limits = limits();
    job.log_file = place + "/log";
    ALBS_CHECK(sys::write_cache(job.log_file, ""));
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job));
    if (!ended.limit_met.empty())
        return fail(Kind::input, format_text("'{}' wanted {}", run.action.script, ended.limit_met));
    if (ended.finished.timed_out || ended.finished.output_exceeded)
        return fail(Kind::input, format_text("'{}' {}", run.action.script,
                                             ended.finished.timed_out ? "takes too long" : "says too much"));
    if (ended.finished.status == 0)
        return {};
    ALBS_TRY(std::string log, sys::read_file(job.log_file, std::size_t{2} << 20));
    return fail(Kind::input, format_text("'{}' ended with status {}: {}", run.action.script, ended.finished.status,
                                         last_words(log)));
}

} // namespace

Status run_script(Session& session, const ScriptRun& run, SourceTree& tree)
{
    const store::Store& store = session.workspace.store();
    const SourceFile* script = run.configuration.find("scripts/" + run.action.script);
    if (script == nullptr)
        return fail(Kind::input, format_text("there is no 'scripts/{}'", run.action.script));
    ALBS_TRY(sys::TemporaryDirectory directory, scratch(session));
    const std::string place = directory.path();
    for (const char* name : {"/given", "/given/package", "/given/scripts", "/builddir"})
        ALBS_CHECK(store::make_directory(place + name));
    ALBS_CHECK(store::lay_out_tree(store, tree, place + "/given/package", run.time));
    ALBS_CHECK(store::lay_out_file(store, *script, place + "/given", run.time));
    // The files have to be its own: they are another user's as they lie there.
    const std::string inside = "/builddir/" + run.package;
    ALBS_CHECK(run_inside(
        place, {"cp", "-R", "--preserve=mode,timestamps,links", std::string(given_inside) + "/package", inside},
        "/builddir", run));
    ALBS_CHECK(
        run_inside(place, {script_program, std::string(given_inside) + "/scripts/" + run.action.script}, inside, run));
    const std::string after = place + "/after";
    ALBS_CHECK(store::make_directory(after));
    ALBS_CHECK(copy_checkout(place + inside, after));
    ALBS_TRY(Artifact list, store_tree(session, after, run.package, {}));
    ALBS_TRY(SourceTree changed, store::stored_tree(store, list.sha256));
    if (list.sha256 == sha256(write_source_tree(tree)).hex())
        return fail(Kind::input, format_text("'{}' changed nothing", run.action.script));
    tree = std::move(changed);
    return {};
}

} // namespace albs::fetch
