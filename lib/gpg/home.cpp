// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpg/home.hpp"

#include <cstdlib>
#include <cstring>
#include <optional>
#include <set>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "albs/crypto/openpgp.hpp"
#include "base/format.hpp"
#include "sys/background.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"

namespace albs::gpg {
namespace {

constexpr const char* settings = "no-autostart\n";

std::string user_directory(const std::string& directory)
{
    if (!directory.empty())
        return directory;
    if (const char* home = std::getenv("GNUPGHOME"); home != nullptr && *home != '\0')
        return home;
    const char* user = std::getenv("HOME");
    return std::string(user == nullptr ? "" : user) + "/.gnupg";
}

/// Nothing if the path is too long for a socket.
std::optional<sockaddr_un> address_of(const std::string& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return std::nullopt;
    std::memcpy(address.sun_path, path.c_str(), path.size());
    return address;
}

sys::Fd make_socket()
{
    return sys::Fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

/// Nothing if nobody listens there.
sys::Fd connect_to(const std::string& path)
{
    auto address = address_of(path);
    sys::Fd fd = make_socket();
    bool is_there = address && fd && ::connect(fd.get(), reinterpret_cast<sockaddr*>(&*address), sizeof *address) == 0;
    return is_there ? std::move(fd) : sys::Fd();
}

Result<std::string> user_agent_socket(const std::string& directory)
{
    sys::Command command;
    command.argv = {"gpgconf", "--homedir", directory, "--list-dirs", "agent-socket"};
    command.timeout_ms = 30000;
    ALBS_TRY(sys::ProcessResult done, sys::run_checked(command));
    while (!done.out.empty() && done.out.back() == '\n')
        done.out.pop_back();
    return done.out;
}

/// That of the user: a token's library (PKCS #11) and pinentry are told by variables of their own.
std::vector<std::string> environment_for_agent()
{
    std::vector<std::string> environment;
    for (char** at = environ; *at != nullptr; ++at) {
        const std::string_view one(*at);
        if (!one.starts_with("LISTEN_") && !one.starts_with("GNUPGHOME=") && !one.starts_with("NOTIFY_SOCKET="))
            environment.emplace_back(one);
    }
    environment.emplace_back("LISTEN_FDS=1");
    return environment;
}

/// An agent for the secret keys of a directory that listens at a socket of ours. One that makes its sockets itself
/// (--daemon) would make them in the user's directory, and could not be told from his own.
Result<sys::Background> start_agent(const std::string& directory, const std::string& path)
{
    auto address = address_of(path);
    if (!address)
        return fail(Kind::environment, "'" + path + "' is too long for a socket", "set TMPDIR to a shorter path");
    sys::Fd listening = make_socket();
    if (!listening || ::bind(listening.get(), reinterpret_cast<sockaddr*>(&*address), sizeof *address) != 0 ||
        ::listen(listening.get(), 64) != 0)
        return sys::system_error("cannot make socket", path);
    sys::Command command;
    command.argv = {"gpg-agent", "--homedir", directory, "--supervised"};
    command.environment = environment_for_agent();
    command.pass_fds = {{listening.get(), 3}};
    return sys::Background::start(command);
}

/// The packets of each key, whatever its version. None for what is no sequence of packets.
std::vector<Bytes> keys_of(std::string_view text)
{
    std::vector<Bytes> keys;
    auto bytes = openpgp::dearmor(text); // packets are views of it
    if (!bytes)
        return keys;
    auto packets = openpgp::read_packets(*bytes);
    if (!packets)
        return keys;
    for (const openpgp::Packet& packet : *packets) {
        if (packet.tag == openpgp::public_key_tag)
            keys.emplace_back();
        if (!keys.empty())
            keys.back().insert(keys.back().end(), packet.whole.begin(), packet.whole.end());
    }
    return keys;
}

/// Waits for the first word of an agent, up to half a minute. GPGME does not bear one that ends instead.
Status greet(const std::string& path)
{
    sys::Fd fd = connect_to(path);
    timeval limit{30, 0};
    char word[2] = {};
    if (!fd || ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) != 0 ||
        ::recv(fd.get(), word, sizeof word, MSG_WAITALL) < 0)
        return sys::system_error("no answer at", path);
    return std::string_view(word, sizeof word) == "OK" ? Status() : fail(Kind::environment, "it ended");
}

} // namespace

Result<PublicHome> PublicHome::make()
{
    // A socket in it has to have a name of at most 107 bytes.
    bool is_long = sys::temporary_directory().size() > 70;
    ALBS_TRY(auto home, sys::TemporaryDirectory::make("gpg", is_long ? "/tmp" : ""));
    ALBS_CHECK(sys::write_cache(home.path() + "/gpg.conf", settings, 0600));
    return PublicHome(std::move(home));
}

Result<PublicHome> PublicHome::with(std::string_view keys)
{
    ALBS_TRY(PublicHome made, make());
    std::string keyring;
    std::set<std::string> known;
    for (const Bytes& key : keys_of(keys)) {
        auto read = openpgp::read_certificates(as_text(key));
        if (read && known.insert(read->front().fingerprint).second)
            keyring += as_text(key);
    }
    ALBS_CHECK(sys::write_cache(made.path() + "/pubring.gpg", keyring, 0600));
    std::string merging = std::string(settings) + "import-options merge-only\n";
    ALBS_CHECK(sys::write_cache(made.path() + "/gpg.conf", merging, 0600));
    return made;
}

Result<PublicHome> PublicHome::of_user(const std::string& directory)
{
    std::string wanted = user_directory(directory);
    if (!sys::is_directory(wanted))
        return fail(Kind::environment, "no directory of keys '" + wanted + "'", "name one with --gnupghome DIR");
    ALBS_TRY(PublicHome made, make());
    ALBS_TRY(made.of_, sys::absolute_path(wanted));
    for (const char* name : {"/pubring.kbx", "/pubring.gpg"})
        if (sys::exists(made.of_ + name) && ::symlink((made.of_ + name).c_str(), (made.path() + name).c_str()) != 0)
            return sys::system_error("cannot link to", made.of_ + name);
    return made;
}

struct Home::Use {
    PublicHome home;
    std::vector<std::string> sockets;
    std::vector<sys::Background> agents = {}; ///< ours

    Status start_one()
    {
        std::string socket = format_text("{}/agent{}", home.path(), agents.size());
        ALBS_TRY(sys::Background agent, start_agent(home.of(), socket));
        if (Status answer = greet(socket); !answer)
            return fail(std::move(answer).error(), "cannot start gpg-agent for '" + home.of() + "'");
        agents.push_back(std::move(agent));
        sockets.push_back(std::move(socket));
        return {};
    }
};

Home::Home(std::unique_ptr<Use> use) : use_(std::move(use)) {}
Home::Home(Home&&) noexcept = default;
Home& Home::operator=(Home&&) noexcept = default;
Home::~Home() = default;
const PublicHome& Home::keys() const
{
    return use_->home;
}
const std::vector<std::string>& Home::agent_sockets() const
{
    return use_->sockets;
}

Status Home::add_agents(std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        ALBS_CHECK(use_->start_one());
    return {};
}

Result<Home> Home::open(const std::string& directory)
{
    ALBS_TRY(PublicHome home, PublicHome::of_user(directory));
    ALBS_TRY(std::string socket, user_agent_socket(home.of()));
    auto use = std::make_unique<Use>(Use{std::move(home), {}});
    if (connect_to(socket))
        use->sockets.push_back(std::move(socket));
    else
        ALBS_CHECK(use->start_one());
    return Home(std::move(use));
}

} // namespace albs::gpg
