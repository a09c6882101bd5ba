// SPDX-License-Identifier: GPL-3.0-or-later
// SIGKEY, SETHASH, PKSIGN (GnuPG manual, "Agent's Assuan Protocol"). gpg itself would be forked for each signature and
// is several times slower (bench/); the packet around the numbers is albs/openpgp's.
#include "gpg/agent.hpp"

#include "base/text.hpp"
#include "gpg/handles.hpp"
#include "sys/signals.hpp"

namespace albs::gpg {
namespace {

gpgme_error_t collect(void* sink, const void* bytes, size_t size) noexcept
{
    static_cast<std::string*>(sink)->append(static_cast<const char*>(bytes), size);
    return 0;
}

gpgme_error_t collect_status(void* sink, const char* status, const char* words) noexcept
{
    *static_cast<std::string*>(sink) += std::string(status) + " " + words + "\n";
    return 0;
}

/// The atom after NAME in a canonical S-expression "(7:sig-val(3:rsa(1:s256:…)))".
std::optional<Bytes> atom_after(std::string_view expression, std::string_view name)
{
    std::size_t at = expression.find("(" + std::to_string(name.size()) + ":" + std::string(name));
    if (at == std::string_view::npos)
        return std::nullopt;
    std::string_view rest = expression.substr(at + name.size() + 3);
    std::size_t length = 0;
    while (!rest.empty() && rest[0] >= '0' && rest[0] <= '9' && length < 100000) {
        length = length * 10 + static_cast<std::size_t>(rest[0] - '0');
        rest.remove_prefix(1);
    }
    if (rest.empty() || rest[0] != ':' || rest.size() - 1 < length)
        return std::nullopt;
    std::span<const std::uint8_t> bytes = as_bytes(rest.substr(1, length));
    return Bytes(bytes.begin(), bytes.end());
}

} // namespace

struct Agent::Connection {
    Session session;
    std::string key; ///< keygrip that the agent was told

    gpgme_error_t transact(const std::string& command, std::string& answer, std::string* status = nullptr)
    {
        gpgme_error_t inner = 0;
        gpgme_error_t code =
            gpgme_op_assuan_transact_ext(session.get(), command.c_str(), collect, &answer, nullptr, nullptr,
                                         status == nullptr ? nullptr : collect_status, status, &inner);
        return code != 0 ? code : inner;
    }

    Result<std::string> ask(const std::string& command)
    {
        std::string answer;
        gpgme_error_t code = transact(command, answer);
        if (code != 0)
            return gpg_error("gpg-agent refuses '" + command.substr(0, command.find(' ')) + "'", code,
                             command == "PKSIGN"
                                 ? "unlock the key: gpg-agent asks through pinentry (GPG_TTY), or is told "
                                   "by gpg-preset-passphrase; a card has to be there"
                                 : "");
        return answer;
    }
};

Agent::Agent(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Agent::Agent(Agent&&) noexcept = default;
Agent& Agent::operator=(Agent&&) noexcept = default;
Agent::~Agent() = default;

Result<Agent> Agent::connect(const Home& home, std::size_t which)
{
    sys::SignalHold hold;
    // "GPG_AGENT" makes GPGME pass on terminal and display, which a pinentry needs.
    ALBS_TRY(Session session, open_session(GPGME_PROTOCOL_ASSUAN, home.agent_sockets().at(which).c_str(), "GPG_AGENT"));
    auto connection = std::make_unique<Connection>();
    connection->session = std::move(session);
    ALBS_CHECK(connection->ask("RESET"));
    return Agent(std::move(connection));
}

Result<bool> Agent::has(const std::string& keygrip)
{
    std::string answer;
    gpgme_error_t code = connection_->transact("HAVEKEY " + keygrip, answer);
    if (code != 0 && gpgme_err_code(code) != GPG_ERR_NO_SECKEY)
        return gpg_error("gpg-agent refuses 'HAVEKEY'", code);
    return code == 0;
}

// "KEYINFO KEYGRIP TYPE SERIAL ID CACHED PROTECTION …": D is a file, C without a passphrase.
Result<bool> Agent::is_unprotected(const std::string& keygrip)
{
    std::string answer;
    std::string status;
    gpgme_error_t code = connection_->transact("KEYINFO " + keygrip, answer, &status);
    if (code != 0)
        return gpg_error("gpg-agent refuses 'KEYINFO'", code);
    const std::vector<std::string> words = split_words(status);
    return words.size() > 6 && words[0] == "KEYINFO" && words[2] == "D" && words[6] == "C";
}

Result<std::vector<Bytes>> Agent::sign(const SigningKey& key, const Digest& digest)
{
    if (connection_->key != key.keygrip) {
        ALBS_CHECK(connection_->ask("SIGKEY " + key.keygrip));
        ALBS_CHECK(connection_->ask("SETKEYDESC Passphrase+for+the+key+" + key.signer + "%0Awhich+signs+packages"));
        connection_->key = key.keygrip;
    }
    ALBS_CHECK(connection_->ask("SETHASH 8 " + digest.hex()));
    ALBS_TRY(std::string answer, connection_->ask("PKSIGN"));
    std::vector<std::string_view> names{"r", "s"};
    if (key.algorithm == openpgp::KeyAlgorithm::rsa)
        names = {"s"};
    std::vector<Bytes> numbers;
    for (std::string_view name : names) {
        auto number = atom_after(answer, name);
        if (!number)
            return fail(Kind::environment, "gpg-agent's answer is no signature");
        numbers.push_back(std::move(*number));
    }
    return numbers;
}

} // namespace albs::gpg
