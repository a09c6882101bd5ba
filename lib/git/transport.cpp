// SPDX-License-Identifier: GPL-3.0-or-later
#include "git/transport.hpp"

#include <chrono>
#include <cstdlib>
#include <thread>

#include "base/format.hpp"
#include "base/url.hpp"
#include "sys/file.hpp"
#include "sys/process.hpp"
#include "sys/temporary.hpp"

namespace albs::git {
namespace {

constexpr int attempts = 3;

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words)
{
    for (std::string_view word : words)
        if (text.find(word) != std::string_view::npos)
            return true;
    return false;
}

/// git has one exit status for everything; its words (LC_ALL=C) tell the cases apart.
Trouble trouble_of(std::string_view said, bool local)
{
    if (contains_any(said, {"couldn't find remote ref",
                            "not our ref",
                            "repository not found",
                            "' not found",
                            "does not appear to be a git",
                            "Authentication failed",
                            "could not read Username",
                            "could not read Password",
                            "returned error: 400",
                            "returned error: 401",
                            "returned error: 403",
                            "returned error: 404",
                            "returned error: 410",
                            "Permission denied",
                            "Host key verification failed",
                            "dumb http transport",
                            "possible repository corruption on the remote side",
                            "not valid: is this a git repository",
                            "transport '",
                            "SSL certificate problem",
                            "server certificate verification failed"}))
        return Trouble::remote;
    if (local && contains_any(said, {"does not exist", "not a git repository"}))
        return Trouble::remote;
    if (!local && contains_any(said, {"Could not resolve host",
                                      "Couldn't connect",
                                      "Failed to connect",
                                      "Connection refused",
                                      "Connection reset",
                                      "Connection timed out",
                                      "timed out",
                                      "Operation too slow",
                                      "early EOF",
                                      "RPC failed",
                                      "hung up unexpectedly",
                                      "unable to access",
                                      "unexpected disconnect",
                                      "returned error: 5",
                                      "returned error: 429",
                                      "Could not read from remote repository",
                                      "Network is unreachable",
                                      "No route to host",
                                      "Empty reply from server",
                                      "expected flush after",
                                      "transfer closed"}))
        return Trouble::network;
    return Trouble::local;
}

/// Of git's "fatal:" lines, these say only that the other side ended.
bool says_nothing(std::string_view line)
{
    return contains_any(line, {"fatal: Could not read from remote", "fatal: the remote end hung up", "fatal: early EOF",
                               "fatal: fetch-pack: "});
}

/// The line that says most: what the server itself died of, else git's last "fatal:" or what stands before one that
/// says nothing, else the last line.
std::string telling_line(std::string_view said)
{
    std::string best;
    std::string last;
    while (!said.empty()) {
        std::string line(said.substr(0, said.find('\n')));
        said.remove_prefix(std::min(said.size(), line.size() + 1));
        while (line.ends_with('\r') || line.ends_with(' ')) // ssh; what a server says is padded
            line.pop_back();
        line = line.substr(line.rfind('\r') == std::string::npos ? 0 : line.rfind('\r') + 1);
        if (line.starts_with("remote: fatal: "))
            return line;
        if (says_nothing(line) && best.empty())
            best = last;
        else if (line.starts_with("fatal: ") && !says_nothing(line))
            best = line.substr(7);
        if (!line.empty() && !line.starts_with("hint:"))
            last = line;
    }
    return best.empty() ? last : best;
}

std::string without(std::string text, const std::string& secret, const std::string& instead)
{
    for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos; at += instead.size())
        text.replace(at, secret.size(), instead);
    return text;
}

std::string quoted(std::string_view value)
{
    std::string out = "\"";
    for (char c : value) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "\"";
}

/// Our configuration and nobody else's. A password goes to git in this file, not in argv, which all users can read.
std::string configuration(const Location& location)
{
    std::string text = "[safe]\n\tdirectory = *\n"
                       "[core]\n\thooksPath = /dev/null\n\tfsmonitor = false\n\taskPass =\n"
                       "[credential]\n\thelper =\n"
                       "[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n"
                       "[fetch]\n\trecurseSubmodules = false\n\tfsckObjects = false\n\twriteCommitGraph = false\n"
                       "[http]\n\tlowSpeedLimit = 1\n\tlowSpeedTime = 60\n\tfollowRedirects = initial\n"
                       "[protocol]\n\tversion = 2\n";
    // What the rest of the tools go by, which git's own curl does not look at everywhere.
    if (const char* authorities = std::getenv("SSL_CERT_FILE"); authorities != nullptr && *authorities != '\0')
        text += format_text("[http]\n\tsslCAInfo = {}\n", quoted(authorities));
    if (location.secret_url != location.url)
        text += format_text("[url {}]\n\tinsteadOf = {}\n", quoted(location.secret_url), quoted(location.url));
    return text;
}

sys::Command git_command(const std::string& configuration_file, std::vector<std::string> arguments)
{
    sys::Command command;
    command.argv = {"git"};
    command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
    command.environment = sys::clean_environment();
    for (const char* setting :
         {"GIT_CONFIG_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0", "GIT_ASKPASS=/bin/false", "SSH_ASKPASS=/bin/false",
          "GIT_ALLOW_PROTOCOL=http:https:ssh:file", "GIT_NO_REPLACE_OBJECTS=1",
          "GIT_SSH_COMMAND=ssh -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=30"})
        command.environment.emplace_back(setting);
    command.environment.push_back("GIT_CONFIG_GLOBAL=" + configuration_file);
    return command;
}

} // namespace

Status make_mirror(const std::string& path)
{
    ALBS_CHECK(sys::remove_tree(path));
    ALBS_CHECK(sys::run_checked(
        git_command("/dev/null", {"init", "--quiet", "--bare", "--template=", "--object-format=sha1", "--", path})));
    return {};
}

Result<std::vector<FetchFailure>> fetch_refs(const std::string& mirror, const Location& location,
                                             const std::vector<std::string>& refspecs)
{
    ALBS_TRY(auto temporary, sys::TemporaryDirectory::make("git"));
    std::string file = temporary.path() + "/config";
    ALBS_CHECK(sys::write_file(file, configuration(location), 0600));
    bool local = url_scheme(location.url) == "file";
    std::vector<std::string> arguments = {"--git-dir=" + mirror,
                                          "fetch",
                                          "--quiet",
                                          "--force",
                                          "--prune",
                                          "--no-tags",
                                          "--no-auto-gc",
                                          "--no-write-fetch-head",
                                          "--no-recurse-submodules",
                                          "--",
                                          location.url};
    arguments.insert(arguments.end(), refspecs.begin(), refspecs.end());
    for (int done = 1;; ++done) {
        ALBS_TRY(sys::ProcessResult finished, sys::run(git_command(file, arguments)));
        if (finished.status == 0 && finished.err.find("shallow roots are not allowed") != std::string::npos)
            return std::vector<FetchFailure>{{Trouble::shallow, ""}};
        if (finished.status == 0)
            return std::vector<FetchFailure>();
        Trouble trouble = trouble_of(finished.err, local);
        if (trouble != Trouble::network || done == attempts)
            return std::vector<FetchFailure>{
                {trouble, without(telling_line(finished.err), location.secret_url, location.url)}};
        std::this_thread::sleep_for(std::chrono::milliseconds(500 << (done - 1)));
    }
}

} // namespace albs::git
