// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpg/key.hpp"

#include <algorithm>
#include <set>

#include "base/format.hpp"
#include "base/time.hpp"
#include "gpg/agent.hpp"
#include "gpg/handles.hpp"
#include "sys/signals.hpp"

namespace albs::gpg {
namespace {

std::string text(const char* value)
{
    return value == nullptr ? "" : value;
}

bool usable(const gpgme_subkey_t key)
{
    return key->revoked == 0 && key->expired == 0 && key->disabled == 0 && key->invalid == 0;
}

/// Why a key is not to be used; empty: it is.
std::string refusal(const gpgme_subkey_t key)
{
    if (key->revoked != 0)
        return "is revoked";
    if (key->expired != 0)
        return "expired at " + format_time(key->expires);
    return key->disabled != 0 || key->invalid != 0 ? "is disabled or invalid" : "";
}

/// The keygrips of a key that the agent has.
Result<std::set<std::string>> find_secrets(const Home& home, const gpgme_key_t key)
{
    ALBS_TRY(Agent agent, Agent::connect(home));
    std::set<std::string> found;
    for (gpgme_subkey_t sub = key->subkeys; sub != nullptr; sub = sub->next) {
        ALBS_TRY(bool has, agent.has(text(sub->keygrip)));
        if (has)
            found.insert(text(sub->keygrip));
    }
    return found;
}

/// As gpg -u chooses: the newest subkey that may sign and can, else the primary key.
gpgme_subkey_t choose(const gpgme_key_t key, const std::string& fingerprint, const std::set<std::string>& secrets)
{
    if (text(key->subkeys->fpr) != fingerprint)
        for (gpgme_subkey_t sub = key->subkeys; sub != nullptr; sub = sub->next)
            if (text(sub->fpr) == fingerprint)
                return sub;
    gpgme_subkey_t best = nullptr;
    for (gpgme_subkey_t sub = key->subkeys->next; sub != nullptr; sub = sub->next)
        if (sub->can_sign != 0 && secrets.contains(text(sub->keygrip)) && usable(sub) &&
            (best == nullptr || sub->timestamp > best->timestamp))
            best = sub;
    return best != nullptr ? best : key->subkeys;
}

tl::unexpected<Error> no_key(const char* kind, const std::string& fingerprint, const std::string& home)
{
    return fail(Kind::environment, format_text("no {} key {} in '{}'", kind, fingerprint, home),
                format_text("gpg --homedir '{}' --list-{}-keys shows those that are there", home, kind));
}

/// kind: "public" or "secret", for the words of an error. Only the public part is looked up: gpg would ask an agent for
/// the other, and look for it at a place that it makes in /run/user and leaves there.
Result<KeyHandle> get_key(const Session& session, const std::string& fingerprint, const PublicHome& home,
                          const char* kind)
{
    (void)gpgme_set_keylist_mode(session.get(), GPGME_KEYLIST_MODE_LOCAL | GPGME_KEYLIST_MODE_WITH_KEYGRIP);
    gpgme_key_t raw = nullptr;
    gpgme_error_t code = gpgme_get_key(session.get(), fingerprint.c_str(), &raw, 0);
    KeyHandle key(raw);
    if (gpgme_err_code(code) == GPG_ERR_EOF || (code == 0 && !key))
        return no_key(kind, fingerprint, home.of());
    if (code != 0)
        return gpg_error(format_text("cannot look up key {} in '{}'", fingerprint, home.of()), code);
    return key;
}

Result<KeyHandle> get_key(const std::string& fingerprint, const PublicHome& home, const char* kind)
{
    sys::SignalHold hold;
    ALBS_TRY(Session session, open_session(GPGME_PROTOCOL_OPENPGP, nullptr, home.path()));
    return get_key(session, fingerprint, home, kind);
}

} // namespace

std::string expiry_warning(const SigningKey& key, std::int64_t now)
{
    constexpr std::int64_t day = 86400;
    if (!key.expires || *key.expires - now > 90 * day)
        return {};
    return format_text("key {} expires in {} days, at {}: make a new one, or a later expiry, and publish it",
                       key.signer, (*key.expires - now) / day, format_time(*key.expires));
}

namespace {

/// secrets: keygrips of those that can be used.
Result<SigningKey> chosen_key(const KeyHandle& key, const std::string& fingerprint,
                              const std::set<std::string>& secrets, const std::string& directory)
{
    gpgme_subkey_t sub = choose(key.get(), fingerprint, secrets);
    for (gpgme_subkey_t one : {key->subkeys, sub})
        if (std::string why = refusal(one); !why.empty())
            return fail(Kind::trust, "key " + text(one->fpr) + " " + why, "sign with a key that is valid today");
    if (!secrets.contains(text(sub->keygrip)))
        return fail(Kind::environment, format_text("no secret key {} in '{}'", text(sub->fpr), directory));
    if (sub->can_sign == 0)
        return fail(Kind::usage, "key " + text(sub->fpr) + " may not sign", "name a key or subkey made for signing");
    SigningKey found{.fingerprint = text(key->subkeys->fpr),
                     .signer = text(sub->fpr),
                     .keygrip = text(sub->keygrip),
                     .created = sub->timestamp,
                     .expires = {},
                     .user_id = key->uids == nullptr ? "" : text(key->uids->uid)};
    for (gpgme_subkey_t one : {key->subkeys, sub})
        if (one->expires > 0)
            found.expires = std::min<std::int64_t>(found.expires.value_or(one->expires), one->expires);
    switch (sub->pubkey_algo) {
    case GPGME_PK_RSA:
    case GPGME_PK_RSA_S: found.algorithm = openpgp::KeyAlgorithm::rsa; break;
    case GPGME_PK_DSA: found.algorithm = openpgp::KeyAlgorithm::dsa; break;
    case GPGME_PK_EDDSA: found.algorithm = openpgp::KeyAlgorithm::eddsa; break;
    default:
        return fail(Kind::usage, "RPM does not know the algorithm of key " + found.signer, "use an RSA or Ed25519 key");
    }
    return found;
}

} // namespace

Result<SigningKey> find_signing_key(const Home& home, const std::string& given)
{
    ALBS_TRY(std::string fingerprint, openpgp::parse_fingerprint(given));
    ALBS_TRY(KeyHandle key, get_key(fingerprint, home.keys(), "secret"));
    ALBS_TRY(std::set<std::string> secrets, find_secrets(home, key.get()));
    if (secrets.empty())
        return no_key("secret", fingerprint, home.keys().of());
    return chosen_key(key, fingerprint, secrets, home.keys().of());
}

Result<SigningKey> find_signing_key_elsewhere(const PublicHome& home, const std::string& given)
{
    ALBS_TRY(std::string fingerprint, openpgp::parse_fingerprint(given));
    ALBS_TRY(KeyHandle key, get_key(fingerprint, home, "public"));
    std::set<std::string> all;
    for (gpgme_subkey_t sub = key->subkeys; sub != nullptr; sub = sub->next)
        all.insert(text(sub->keygrip));
    return chosen_key(key, fingerprint, all, home.of());
}

Result<std::string> export_key(const std::string& given, const std::string& gnupghome)
{
    ALBS_TRY(std::string fingerprint, openpgp::parse_fingerprint(given));
    ALBS_TRY(PublicHome home, PublicHome::of_user(gnupghome));
    sys::SignalHold hold;
    // One for both: GPGME starts gpg twice for each, to ask for its version.
    ALBS_TRY(Session session, open_session(GPGME_PROTOCOL_OPENPGP, nullptr, home.path()));
    ALBS_CHECK(get_key(session, fingerprint, home, "public"));
    gpgme_set_armor(session.get(), 0);
    gpgme_data_t raw = nullptr;
    gpgme_error_t code = gpgme_data_new(&raw);
    Data data(raw);
    if (code == 0)
        code = gpgme_op_export(session.get(), fingerprint.c_str(), GPGME_EXPORT_MODE_MINIMAL, data.get());
    if (code != 0)
        return gpg_error("cannot export key " + fingerprint, code);
    std::size_t size = 0;
    char* bytes = gpgme_data_release_and_get_mem(data.release(), &size);
    // Our own armour: no comment line, so the same key is always the same file. The machine's gpg.conf may have asked
    // for another.
    auto packets = openpgp::dearmor({bytes, size});
    gpgme_free(bytes);
    if (!packets)
        return fail(std::move(packets).error(), "cannot export key " + fingerprint);
    return openpgp::armor("PGP PUBLIC KEY BLOCK", *packets);
}

Result<std::vector<Validity>> read_validity(const std::string& certificates)
{
    ALBS_TRY(PublicHome empty, PublicHome::make());
    sys::SignalHold hold;
    ALBS_TRY(Session session, open_session(GPGME_PROTOCOL_OPENPGP, nullptr, empty.path()));
    gpgme_data_t raw = nullptr;
    gpgme_error_t code = gpgme_data_new_from_mem(&raw, certificates.data(), certificates.size(), 0);
    Data data(raw);
    if (code == 0)
        code = gpgme_op_keylist_from_data_start(session.get(), data.get(), 0);
    std::vector<Validity> found;
    gpgme_key_t next = nullptr;
    while (code == 0 && (code = gpgme_op_keylist_next(session.get(), &next)) == 0) {
        KeyHandle key(next);
        for (gpgme_subkey_t sub = key->subkeys; sub != nullptr; sub = sub->next) {
            Validity one{text(sub->fpr), key->revoked != 0 || sub->revoked != 0, sub->timestamp, std::nullopt};
            if (sub->expires != 0)
                one.expires = sub->expires;
            found.push_back(one);
        }
    }
    if (gpgme_err_code(code) != GPG_ERR_EOF)
        return gpg_error("cannot read certificates", code);
    if (found.empty())
        return fail(Kind::input, "no public key");
    return found;
}

} // namespace albs::gpg
