// SPDX-License-Identifier: GPL-3.0-or-later
// gpg starts an agent and leaves it running for ever; a tool in a pipe or a CI job must not. So: a lock file in the key
// directory is held shared while in use, holds the pid of an agent that we started, and whoever can take it alone at
// the end stops that agent. After a kill -9 the next run does it.
#include "gpg/home.hpp"

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"

namespace albs::gpg {
namespace {

std::string home_path(const std::string& directory)
{
    if (!directory.empty())
        return directory;
    if (const char* home = std::getenv("GNUPGHOME"); home != nullptr && *home != '\0')
        return home;
    const char* user = std::getenv("HOME");
    return std::string(user == nullptr ? "" : user) + "/.gnupg";
}

/// The pid of the agent behind the socket; 0: nobody answers.
pid_t agent_pid(const std::string& socket_path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socket_path.size() >= sizeof address.sun_path)
        return 0;
    std::memcpy(address.sun_path, socket_path.c_str(), socket_path.size());
    sys::Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd || ::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        return 0;
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(fd.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? peer.pid : 0;
}

Result<std::string> ask_gpgconf(const std::string& home, std::vector<std::string> words)
{
    sys::Command command;
    command.argv = {"gpgconf", "--homedir", home};
    command.argv.insert(command.argv.end(), words.begin(), words.end());
    command.timeout_ms = 30000;
    ALBS_TRY(sys::Finished done, sys::run_checked(command));
    while (!done.out.empty() && done.out.back() == '\n')
        done.out.pop_back();
    return done.out;
}

} // namespace

struct Home::Use {
    std::string path;
    std::string socket;
    sys::Fd lock; ///< none where the directory may not be written

    /// The pid of an agent that one of us started; starting: whichever there is, we were killed meanwhile; 0: none.
    static constexpr pid_t starting = -1;
    pid_t ours() const
    {
        char text[16] = {};
        return ::pread(lock.get(), text, sizeof text - 1, 0) > 0 ? std::atoi(text) : 0;
    }
    void note(pid_t pid) const
    {
        std::string text = pid == 0 ? "" : std::to_string(pid) + "\n";
        if (::ftruncate(lock.get(), 0) != 0 || ::pwrite(lock.get(), text.data(), text.size(), 0) < 0)
            return; // the agent then stays; nothing worse
    }
    ~Use()
    {
        if (!lock || ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0 || ours() == 0)
            return;
        if (pid_t running = agent_pid(socket); running != 0 && (ours() == starting || ours() == running))
            (void)ask_gpgconf(path, {"--kill", "gpg-agent"}).has_value();
        note(0);
    }
};

Home::Home(std::unique_ptr<Use> use) : use_(std::move(use)) {}
Home::Home(Home&&) noexcept = default;
Home& Home::operator=(Home&&) noexcept = default;
Home::~Home() = default;
const std::string& Home::path() const
{
    return use_->path;
}
const std::string& Home::agent_socket() const
{
    return use_->socket;
}

Result<Home> Home::open(const std::string& directory)
{
    std::string wanted = home_path(directory);
    if (!sys::is_directory(wanted))
        return fail(Kind::environment, "no directory of keys '" + wanted + "'", "name one with --gnupghome DIR");
    ALBS_TRY(std::string path, sys::absolute_path(wanted));
    auto use = std::make_unique<Use>();
    use->path = path;
    ALBS_TRY(use->socket, ask_gpgconf(path, {"--list-dirs", "agent-socket"}));
    use->lock = sys::Fd(::open((path + "/.albs-agent.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (use->lock && ::flock(use->lock.get(), LOCK_SH) != 0)
        return sys::system_error("cannot lock", path + "/.albs-agent.lock");
    if (agent_pid(use->socket) == 0) {
        if (use->lock)
            use->note(Use::starting);
        if (auto launched = ask_gpgconf(path, {"--launch", "gpg-agent"}); !launched)
            return fail(std::move(launched).error(), "cannot start gpg-agent for '" + path + "'");
        pid_t pid = agent_pid(use->socket);
        if (pid == 0)
            return fail(Kind::environment, "gpg-agent does not answer at '" + use->socket + "'",
                        "a path of at most 107 characters is wanted: use a shorter --gnupghome");
        if (use->lock)
            use->note(pid);
    }
    return Home(std::move(use));
}

} // namespace albs::gpg
