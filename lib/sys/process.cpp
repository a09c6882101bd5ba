// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/process.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "base/format.hpp"
#include "base/time.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/pipe.hpp"
#include "sys/signals.hpp"
#include "sys/spawn.hpp"

namespace albs::sys {
namespace {

struct Streams {
    Pipe input;
    Pipe output;
    Pipe errors;
    Fd file;
    std::vector<Fd> parked; ///< passed descriptors, moved out of the way of the numbers the child wants
};

Status connect(const Command& command, Streams& streams, Spawn& plan)
{
    if (command.input.empty()) {
        streams.input.read = Fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        if (!streams.input.read)
            return system_error("cannot open", "/dev/null");
    } else {
        ALBS_TRY(streams.input, make_pipe());
    }
    plan.fds.emplace_back(streams.input.read.get(), 0);
    if (!command.output_file.empty()) {
        streams.file = Fd(::open(command.output_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
        if (!streams.file)
            return system_error("cannot create", command.output_file);
        plan.fds.emplace_back(streams.file.get(), 1);
        plan.fds.emplace_back(streams.file.get(), 2);
    } else {
        ALBS_TRY(streams.output, make_pipe());
        ALBS_TRY(streams.errors, make_pipe());
        plan.fds.emplace_back(streams.output.write.get(), 1);
        plan.fds.emplace_back(streams.errors.write.get(), 2);
    }
    for (auto [ours, theirs] : command.pass_fds) {
        Fd parked(fcntl(ours, F_DUPFD_CLOEXEC, 100));
        if (!parked)
            return system_error("cannot pass", "descriptor");
        plan.fds.emplace_back(parked.get(), theirs);
        streams.parked.push_back(std::move(parked));
    }
    return {};
}

/// Reads what there is; closes the descriptor at its end.
void drain(Fd& fd, std::string& into, std::size_t limit, bool& exceeded)
{
    char buffer[65536];
    ssize_t count = ::read(fd.get(), buffer, sizeof buffer);
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count <= 0) {
        fd = Fd();
        return;
    }
    std::size_t room = limit > into.size() ? limit - into.size() : 0;
    exceeded = exceeded || static_cast<std::size_t>(count) > room;
    into.append(buffer, std::min(static_cast<std::size_t>(count), room));
}

void feed(Fd& fd, std::string_view& rest)
{
    ssize_t count = ::write(fd.get(), rest.data(), rest.size());
    if (count > 0)
        rest.remove_prefix(static_cast<std::size_t>(count));
    if (rest.empty() || (count < 0 && errno != EINTR && errno != EAGAIN))
        fd = Fd(); // all said, or the child does not listen
}

std::int64_t file_size(const std::string& path)
{
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_size : 0;
}

/// Waits up to wait_ms for something to move, and moves it. False when nothing did.
bool move_bytes(const Command& command, Streams& streams, int child_handle, int wait_ms, std::string_view& rest,
                ProcessResult& finished)
{
    pollfd fds[4] = {{streams.output.read.get(), POLLIN, 0},
                     {streams.errors.read.get(), POLLIN, 0},
                     {streams.input.write.get(), POLLOUT, 0},
                     {child_handle, POLLIN, 0}};
    if (::poll(fds, 4, wait_ms) <= 0)
        return false;
    if (fds[0].revents != 0)
        drain(streams.output.read, finished.out, command.output_limit, finished.output_exceeded);
    if (fds[1].revents != 0)
        drain(streams.errors.read, finished.err, command.output_limit, finished.output_exceeded);
    if (fds[2].revents != 0)
        feed(streams.input.write, rest);
    return true;
}

/// The child has ended; its status waits to be taken.
bool has_ended(pid_t child)
{
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == child;
}

/// The end of a child that went beyond a limit: at once, or by TERM, and by KILL where that does not end it.
class Ending {
public:
    explicit Ending(std::int64_t grace_ms) : grace_ms_(grace_ms) {}
    void demand(pid_t child)
    {
        if (grace_ms_ > 0 && since_ == 0) {
            since_ = monotonic_ms();
            (void)::kill(-child, SIGTERM);
        }
        if (grace_ms_ == 0 || monotonic_ms() - since_ > grace_ms_)
            (void)::kill(-child, SIGKILL);
    }

private:
    std::int64_t grace_ms_;
    std::int64_t since_ = 0;
};

/// Moves bytes until the child is gone; ends its group at a limit.
void attend(const Command& command, pid_t child, Streams& streams, ProcessResult& finished)
{
    std::string_view rest = command.input;
    std::int64_t start = monotonic_ms();
    Ending ending(command.grace_ms);
    Fd handle(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
    while (!has_ended(child)) {
        (void)move_bytes(command, streams, handle.get(), handle ? 100 : 10, rest, finished);
        if (command.timeout_ms > 0 && monotonic_ms() - start > command.timeout_ms)
            finished.timed_out = true;
        if (command.file_limit > 0 && file_size(command.output_file) > static_cast<std::int64_t>(command.file_limit))
            finished.output_exceeded = true;
        if (command.may_go_on && !finished.stopped && !command.may_go_on())
            finished.stopped = true;
        if (finished.timed_out || finished.output_exceeded || finished.stopped)
            ending.demand(child);
    }
    (void)::kill(-child, SIGKILL); // what it left running in its group
    // A daemon that left the group may hold the pipes open and even write on. What is in the pipes now counts, and a
    // second is more than enough to read that.
    streams.input.write = Fd();
    std::int64_t end = monotonic_ms() + 1000;
    while ((streams.output.read || streams.errors.read) && monotonic_ms() < end)
        if (!move_bytes(command, streams, -1, 0, rest, finished))
            break;
}

std::string last_line(std::string_view text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.remove_suffix(1);
    return std::string(text.substr(text.rfind('\n') + 1));
}

} // namespace

std::vector<std::string> clean_environment()
{
    std::vector<std::string> environment = {"LC_ALL=C"};
    bool has_path = false;
    for (const char* name : {"PATH", "HOME", "TMPDIR", "XDG_RUNTIME_DIR", "SOURCE_DATE_EPOCH", "http_proxy",
                             "https_proxy", "no_proxy", "SSH_AUTH_SOCK", "SSL_CERT_FILE", "SSL_CERT_DIR"})
        if (const char* value = std::getenv(name)) {
            environment.push_back(std::string(name) + "=" + value);
            has_path = has_path || std::strcmp(name, "PATH") == 0;
        }
    if (!has_path)
        environment.emplace_back("PATH=/usr/sbin:/usr/bin:/sbin:/bin");
    return environment;
}

Result<std::string> find_program(const std::string& name)
{
    if (name.find('/') != std::string::npos)
        return name;
    const char* configured = std::getenv("PATH");
    std::string path = configured != nullptr ? configured : "";
    path += ":/usr/sbin:/usr/bin:/sbin:/bin";
    std::size_t start = 0;
    while (start <= path.size()) {
        std::size_t colon = std::min(path.find(':', start), path.size());
        std::string candidate = path.substr(start, colon - start) + "/" + name;
        if (colon > start && ::access(candidate.c_str(), X_OK) == 0 && !is_directory(candidate))
            return candidate;
        start = colon + 1;
    }
    return fail(Kind::environment, format_text("program '{}' is not installed", name),
                format_text("install '{}' and run this again", name));
}

Result<ProcessResult> run(const Command& command)
{
    ALBS_TRY(std::string program, find_program(command.argv.at(0)));
    // The child changes its directory before it looks for the program.
    if (!command.directory.empty()) {
        ALBS_TRY(program, absolute_path(program));
    }
    Streams streams;
    Spawn plan{program, command.argv, command.environment, command.directory};
    plan.end_signal = command.grace_ms > 0 ? SIGTERM : SIGKILL;
    if (plan.environment.empty())
        plan.environment = clean_environment();
    ALBS_CHECK(connect(command, streams, plan));
    std::int64_t start = monotonic_ms();
    pid_t child = start_child([&] { return spawn(plan); }, command.grace_ms);
    if (child <= 0)
        return system_error("cannot run", program, -child);
    streams.input.read = Fd();
    streams.output.write = Fd();
    streams.errors.write = Fd();
    if (streams.input.write)
        (void)fcntl(streams.input.write.get(), F_SETFL, O_NONBLOCK);
    ProcessResult finished;
    attend(command, child, streams, finished);
    forget_child(child);
    int status = 0;
    pid_t taken = 0;
    struct rusage used {};
    while ((taken = ::wait4(child, &status, 0, &used)) < 0 && errno == EINTR) {
    }
    if (taken != child)
        return system_error("cannot learn how it ended:", program);
    finished.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    finished.duration_ms = monotonic_ms() - start;
    finished.cpu_ms =
        (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
    return finished;
}

Result<ProcessResult> run_checked(const Command& command, Kind kind)
{
    ALBS_TRY(ProcessResult finished, run(command));
    if (finished.status == 0 && !finished.output_exceeded)
        return finished;
    std::string what = base_name(command.argv[0]);
    if (command.argv.size() > 1 && command.argv[1].substr(0, 1) != "-")
        what += " " + command.argv[1];
    if (finished.timed_out)
        return fail(Kind::temporary, what + " took longer than " + std::to_string(command.timeout_ms / 1000) + " s");
    std::string cause = last_line(finished.err);
    return fail(kind, format_text("{} failed (status {}){}", what, finished.status, cause.empty() ? "" : ": " + cause));
}

} // namespace albs::sys
