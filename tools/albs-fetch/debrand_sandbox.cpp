// SPDX-License-Identifier: GPL-3.0-or-later
#include "debrand_sandbox.hpp"

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

constexpr std::size_t max_word = 400; ///< of what a program says, in a message

sandbox::Limits limits()
{
    sandbox::Limits limits;
    limits.timeout_ms = 600000;
    limits.processes = 4096;
    limits.memory_bytes = std::int64_t{4} << 30;
    limits.memory_of_each = true;
    limits.file_bytes = std::int64_t{4} << 30;
    limits.disk_bytes = std::int64_t{16} << 30;
    limits.log_bytes = std::int64_t{4} << 20;
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

} // namespace

SandboxedFiles::SandboxedFiles(Session& session, std::int64_t time, sys::TemporaryDirectory directory)
    : session_(&session), time_(time), directory_(std::move(directory))
{
}

Result<SandboxedFiles> SandboxedFiles::make(Session& session, std::int64_t time)
{
    ALBS_TRY(sys::TemporaryDirectory directory, scratch(session));
    for (const char* name : {given, writable})
        ALBS_CHECK(store::make_directory(directory.path() + name));
    return SandboxedFiles(session, time, std::move(directory));
}

Status SandboxedFiles::give(const SourceTree& tree, const std::string& name)
{
    const std::string place = directory_.path() + given + "/" + name;
    ALBS_CHECK(store::make_directory(place));
    return store::lay_out_tree(session_->workspace.store(), tree, place, time_);
}

Status SandboxedFiles::copy(const std::string& name, const std::string& as)
{
    // The files have to be its own: they are another user's as they lie there.
    ALBS_TRY([[maybe_unused]] std::string said, run({"cp", "-R", "--preserve=mode,timestamps,links",
                                                     std::string(given) + "/" + name, std::string(writable) + "/" + as},
                                                    writable, "cp"));
    return {};
}

Result<std::string> SandboxedFiles::run(const std::vector<std::string>& words, const std::string& directory,
                                        const std::string& who)
{
    ALBS_TRY([[maybe_unused]] std::string program, sys::find_program(words.front()));
    const std::string place = directory_.path();
    sandbox::Job job;
    job.argv = words;
    job.directory = directory;
    job.environment = {"SOURCE_DATE_EPOCH=" + std::to_string(time_)};
    job.mounts = {{place + given, given, false}, {place + writable, writable, true}};
    job.limits = limits();
    job.log_file = place + "/log";
    ALBS_CHECK(sys::write_cache(job.log_file, ""));
    ALBS_TRY(sandbox::JobResult ended, sandbox::run(job));
    if (!ended.limit_met.empty())
        return fail(Kind::input, format_text("'{}' wanted {}", who, ended.limit_met));
    if (ended.finished.timed_out || ended.finished.output_exceeded)
        return fail(Kind::input,
                    format_text("'{}' {}", who, ended.finished.timed_out ? "takes too long" : "says too much"));
    ALBS_TRY(std::string log, sys::read_file(job.log_file, std::size_t{8} << 20));
    if (ended.finished.status != 0)
        return fail(Kind::input,
                    format_text("'{}' ended with status {}: {}", who, ended.finished.status, last_words(log)));
    return log;
}

Result<SourceTree> SandboxedFiles::take(const std::string& name)
{
    const std::string after = directory_.path() + "/after";
    ALBS_CHECK(store::make_directory(after));
    ALBS_CHECK(copy_checkout(directory_.path() + writable + "/" + name, after));
    ALBS_TRY(Artifact list, store_tree(*session_, after, name, {}));
    return store::stored_tree(session_->workspace.store(), list.sha256);
}

} // namespace albs::fetch
