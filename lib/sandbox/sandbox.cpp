// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandbox.hpp"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

#include "sandbox/enclosure.hpp"
#include "sandbox/observation.hpp"
#include "sandbox/view.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::sandbox {
namespace {

constexpr int report_descriptor = 3;

/// Resource limits are set on bubblewrap itself and inherited by all that is inside. No core dumps, ever.
std::vector<std::string> limited(const Limits& limits)
{
    std::vector<std::string> words = {"prlimit", "--core=0"};
    if (limits.memory_bytes > 0)
        words.push_back("--as=" + std::to_string(limits.memory_bytes));
    if (limits.processes > 0)
        words.push_back("--nproc=" + std::to_string(limits.processes));
    if (limits.file_bytes > 0)
        words.push_back("--fsize=" + std::to_string(limits.file_bytes));
    return words;
}

/// The reason that bubblewrap or prlimit gave: its last line that starts with its name.
std::string complaint(std::string_view text)
{
    std::string last;
    while (!text.empty()) {
        std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.substr(0, 7) == "bwrap: " || line.substr(0, 9) == "prlimit: ")
            last = line;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return last;
}

std::string what_was_said(const Job& job, const sys::Finished& finished)
{
    if (job.log_file.empty())
        return complaint(finished.err);
    auto log = sys::read_file(job.log_file);
    return log ? complaint(*log) : "";
}

/// All that is in the pipe by now; the writers are gone.
std::string take_report(int fd)
{
    std::string report;
    char buffer[8192];
    (void)fcntl(fd, F_SETFL, O_NONBLOCK);
    ssize_t count = 0;
    while ((count = ::read(fd, buffer, sizeof buffer)) > 0)
        report.append(buffer, static_cast<std::size_t>(count));
    return report;
}

} // namespace

Result<Ended> run(const Job& job)
{
    ALBS_TRY(std::string bubblewrap, sys::find_program("bwrap"));
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return sys::system_error("cannot make", "pipe");
    sys::Fd reader(ends[0]);
    sys::Fd writer(ends[1]);
    ALBS_TRY(Enclosure enclosure, Enclosure::of(job));
    sys::Command command;
    if (job.view != nullptr)
        command.argv = job.view->enter();
    else if (job.namespaces != nullptr)
        command.argv = job.namespaces->enter();
    std::vector<std::string> limits = limited(job.limits);
    command.argv.insert(command.argv.end(), limits.begin(), limits.end());
    command.argv.push_back(bubblewrap);
    for (const auto& part : {enclosure.arguments(), becoming_user(job), observer(), job.argv})
        command.argv.insert(command.argv.end(), part.begin(), part.end());
    command.environment = inside_environment(job);
    command.output_file = job.log_file;
    command.timeout_ms = job.limits.timeout_ms;
    command.file_limit = static_cast<std::size_t>(job.limits.log_bytes);
    command.pass_fds = enclosure.descriptors();
    command.pass_fds.emplace_back(writer.get(), report_descriptor);
    Ended ended;
    ALBS_TRY(ended.finished, sys::run(command));
    writer = sys::Fd();
    auto isolation = observed(take_report(reader.get()), job);
    if (!isolation) {
        std::string said = what_was_said(job, ended.finished);
        Error error = std::move(isolation).error();
        if (!said.empty())
            error.message += ": " + said;
        error.hint = "run 'bwrap --unshare-user --ro-bind / / true' to see whether user namespaces are allowed here";
        return tl::unexpected<Error>(std::move(error));
    }
    ended.isolation = *std::move(isolation);
    return ended;
}

} // namespace albs::sandbox
