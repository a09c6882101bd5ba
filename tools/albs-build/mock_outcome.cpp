// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock_outcome.hpp"

#include <algorithm>
#include <sys/stat.h>

#include "rpm/build_log.hpp"
#include "sys/file.hpp"

namespace albs::build {
namespace {

constexpr std::size_t max_log = std::size_t{1} << 30; ///< bytes

bool is_file(const std::string& path)
{
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

struct Line {
    std::string text;
    std::int64_t offset = 0;
};

/// The first line with one of the words; empty if there is none.
Line first_with(const std::string& log, std::initializer_list<const char*> words)
{
    std::size_t first = log.npos;
    for (const char* word : words)
        first = std::min(first, log.find(word));
    if (first == log.npos)
        return {"", static_cast<std::int64_t>(log.size())};
    std::size_t start = log.rfind('\n', first);
    start = start == log.npos ? 0 : start + 1;
    std::size_t end = std::min({log.find('\n', start), log.size(), start + 300});
    std::string text = log.substr(start, end - start);
    // "DEBUG util.py:461:   - nothing provides x needed by y": where mock says it is of no interest.
    if (std::size_t said = text.find(":  "); text.compare(0, 6, "DEBUG ") == 0 && said != text.npos)
        text.erase(0, said + 3);
    text.erase(0, std::min(text.find_first_not_of(" -"), text.size()));
    return {text, static_cast<std::int64_t>(start)};
}

/// What mock said last of an error: the line before tells only that there was one.
Line last_error(const std::string& log)
{
    std::size_t last = log.rfind("ERROR: ");
    if (last == log.npos)
        return first_with(log, {"Error:", "error:"});
    Line line = first_with(log.substr(last), {"ERROR: "});
    line.offset += static_cast<std::int64_t>(last);
    return line;
}

/// What the log of the build says of its failure.
Reason from_build(const MockLogs& logs)
{
    rpm::BuildFailure failure = rpm::failure_in(logs.build);
    return {failure.phase, failure.kind, failure.message.empty() ? "rpmbuild failed" : failure.message,
            logs.build_sha256, failure.offset};
}

/// Whether the last program that mock ran in the build ended well: then it failed of something else, such as a plugin
/// of dnf that is missing.
bool ended_well(const std::string& build)
{
    constexpr std::string_view ended = "Child return code was: ";
    const std::size_t last = build.rfind(ended);
    return last != build.npos && build.compare(last + ended.size(), 1, "0") == 0;
}

/// Why there is no root with what the package needs.
Reason from_root(const MockLogs& logs)
{
    const bool has_root = !logs.root.empty();
    const std::string& log = has_root ? logs.root : logs.mock;
    const std::string& sha256 = has_root ? logs.root_sha256 : logs.mock_sha256;
    Line line = first_with(log, {"nothing provides", "No matching package", "No match for argument",
                                 "Unable to find a match", "none of the providers can be installed", "conflicts with"});
    if (!line.text.empty())
        return {"buildrequires", "dependency", line.text, sha256, line.offset};
    line = first_with(log, {"Error:", "ERROR:"});
    return {"setup", "infrastructure", line.text.empty() ? "mock could not make the root" : line.text, sha256,
            line.offset};
}

} // namespace

Result<MockLogs> keep_logs(TaskResult& built, const std::string& directory, const std::string& name,
                           store::Store& store)
{
    MockLogs logs;
    auto keep = [&](const std::string& path, const std::string& kept, std::string& sha256) -> Status {
        ALBS_TRY(Artifact log, store.add_artifact(path, kept, "log"));
        sha256 = log.sha256;
        built.task.artifacts.push_back(log.sha256);
        built.artifacts.push_back(std::move(log));
        return {};
    };
    ALBS_TRY(std::vector<std::string> files, sys::list_directory(directory + "/result"));
    for (const std::string& file : files) {
        const std::string path = directory + "/result/" + file;
        if (!file.ends_with(".log") || !is_file(path))
            continue;
        std::string other;
        std::string& sha256 = file == "build.log" ? logs.build_sha256 : file == "root.log" ? logs.root_sha256 : other;
        ALBS_CHECK(keep(path, name + (file == "build.log" ? ".log" : "." + file), sha256));
        if (file == "build.log") {
            ALBS_TRY(logs.build, sys::read_file(path, max_log));
        } else if (file == "root.log") {
            ALBS_TRY(logs.root, sys::read_file(path, max_log));
        }
    }
    if (is_file(directory + "/mock.log")) {
        ALBS_TRY(logs.mock, sys::read_file(directory + "/mock.log", max_log));
        ALBS_CHECK(keep(directory + "/mock.log", name + ".mock.log", logs.mock_sha256));
    }
    built.task.log = !logs.build.empty() ? logs.build_sha256 : !logs.root.empty() ? logs.root_sha256 : logs.mock_sha256;
    return logs;
}

Status lay_out(const std::string& result, const std::string& top)
{
    for (const char* directory : {"/RPMS", "/SRPMS"})
        ALBS_CHECK(sys::make_directories(top + directory));
    ALBS_TRY(std::vector<std::string> files, sys::list_directory(result));
    for (const std::string& file : files)
        if (file.ends_with(".rpm") && is_file(result + "/" + file))
            ALBS_CHECK(sys::link_or_copy(result + "/" + file,
                                         top + (file.ends_with(".src.rpm") ? "/SRPMS/" : "/RPMS/") + file));
    return {};
}

Reason reason_of_mock(const sys::ProcessResult& finished, const MockLogs& logs, std::int64_t timeout_ms)
{
    if (finished.timed_out || finished.status == 11)
        return {rpm::phase_reached(logs.build),
                "timeout",
                "the build took longer than " + std::to_string(timeout_ms / 1000) + " s",
                {},
                static_cast<std::int64_t>(logs.build.size())};
    if (finished.status > 128)
        return {
            "setup", "infrastructure", "mock was killed by signal " + std::to_string(finished.status - 128), {}, {}};
    const bool is_of_package = finished.status == 10 && !ended_well(logs.build);
    if (is_of_package)
        return from_build(logs);
    if (finished.status == 30 || finished.status == 31)
        return from_root(logs);
    Line line = last_error(logs.mock);
    std::string why = line.text.empty() ? "mock ended with status " + std::to_string(finished.status) : line.text;
    return {"setup", finished.status == 40 ? "spec" : "infrastructure", why, logs.mock_sha256, line.offset};
}

} // namespace albs::build
