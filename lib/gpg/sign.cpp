// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpg/sign.hpp"

#include "base/format.hpp"
#include "base/time.hpp"
#include "sys/readable.hpp"

namespace albs::gpg {
namespace {

std::string_view strip_line(std::string_view line)
{
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r'))
        line.remove_suffix(1);
    return line;
}

Status feed_file(Hasher& hasher, const std::string& path)
{
    ALBS_TRY(sys::Fd file, sys::open_readable(path));
    return sys::read_pieces(file.get(), path, [&](std::string_view piece) -> Status {
        hasher.update(piece);
        return {};
    });
}

} // namespace

Signer::Signer(std::unique_ptr<Home> home, std::shared_ptr<SigningCommand> command, SigningKey key)
    : home_(std::move(home)), command_(std::move(command)), key_(std::move(key)), idle_(std::make_unique<Idle>())
{
}

Result<Signer> Signer::open(const std::string& fingerprint, const std::string& gnupghome, std::size_t parallel)
{
    ALBS_CHECK(openpgp::parse_fingerprint(fingerprint));
    ALBS_TRY(Home home, Home::open(gnupghome));
    ALBS_TRY(SigningKey key, find_signing_key(home, fingerprint));
    if (parallel > 1 && key.algorithm == openpgp::KeyAlgorithm::rsa) {
        ALBS_TRY(Agent agent, Agent::connect(home));
        ALBS_TRY(bool is_unprotected, agent.is_unprotected(key.keygrip));
        if (is_unprotected)
            ALBS_CHECK(home.add_agents(parallel - 1));
    }
    return Signer(std::make_unique<Home>(std::move(home)), nullptr, std::move(key));
}

Result<Signer> Signer::through(std::shared_ptr<SigningCommand> command, const std::string& fingerprint,
                               const std::string& gnupghome)
{
    ALBS_CHECK(openpgp::parse_fingerprint(fingerprint));
    ALBS_TRY(PublicHome home, PublicHome::of_user(gnupghome));
    ALBS_TRY(SigningKey key, find_signing_key_elsewhere(home, fingerprint));
    return Signer(nullptr, std::move(command), std::move(key));
}

Result<std::vector<Bytes>> Signer::numbers_for(const Digest& digest) const
{
    if (command_)
        return command_->sign(key_, digest);
    ALBS_TRY(Agent agent, take());
    ALBS_TRY(std::vector<Bytes> numbers, agent.sign(key_, digest));
    give_back(std::move(agent));
    return numbers;
}

Result<Agent> Signer::take() const
{
    std::size_t which = 0;
    {
        std::lock_guard held(idle_->mutex);
        which = idle_->connected % home_->agent_sockets().size();
        if (idle_->agents.empty())
            ++idle_->connected;
        else {
            Agent agent = std::move(idle_->agents.back());
            idle_->agents.pop_back();
            return agent;
        }
    }
    return Agent::connect(*home_, which);
}

void Signer::give_back(Agent agent) const
{
    std::lock_guard held(idle_->mutex);
    idle_->agents.push_back(std::move(agent));
}

Result<Bytes> Signer::sign(Hasher data, std::int64_t created, openpgp::SignatureType type) const
{
    if (created < key_.created || created > 0xffffffffLL)
        return fail(Kind::usage, "a signing time before the key was made, or after 2106",
                    "the key " + key_.signer + " is younger than that; choose a later --signing-time");
    if (key_.expires && created >= *key_.expires)
        return fail(Kind::usage,
                    format_text("a signing time ({}) at which key {} has expired ({})", format_time(created),
                                key_.signer, format_time(*key_.expires)),
                    "no verifier accepts such a signature: choose an earlier --signing-time, or a later expiry");
    openpgp::SignatureDraft draft{type, key_.algorithm, created, key_.signer};
    data.update(openpgp::hashed_tail(draft));
    Digest digest = data.finish();
    auto numbers = numbers_for(digest);
    if (!numbers)
        return fail(std::move(numbers).error(), "cannot sign with key " + key_.signer);
    return openpgp::signature_packet(draft, digest, *numbers);
}

Result<std::string> Signer::detach(std::string_view bytes, std::int64_t created) const
{
    Hasher hasher;
    hasher.update(bytes);
    ALBS_TRY(Bytes packet, sign(std::move(hasher), created));
    return openpgp::armor("PGP SIGNATURE", packet);
}

Result<std::string> Signer::detach_file(const std::string& path, std::int64_t created) const
{
    Hasher hasher;
    ALBS_CHECK(feed_file(hasher, path));
    ALBS_TRY(Bytes packet, sign(std::move(hasher), created));
    return openpgp::armor("PGP SIGNATURE", packet);
}

Result<std::string> Signer::clear(std::string_view text, std::int64_t created) const
{
    std::string out = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n";
    Hasher hasher;
    bool first = true;
    while (!text.empty()) {
        std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        // Line ends count as CR LF, and the last one does not count (RFC 4880 §7.1).
        if (!first)
            hasher.update("\r\n");
        first = false;
        hasher.update(strip_line(line));
        if (line.starts_with("-") || line.starts_with("From "))
            out += "- ";
        out += line;
        out += "\n";
    }
    ALBS_TRY(Bytes packet, sign(std::move(hasher), created, openpgp::SignatureType::text));
    return out + openpgp::armor("PGP SIGNATURE", packet);
}

} // namespace albs::gpg
