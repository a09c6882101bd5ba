// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys.hpp"

#include <optional>

#include "albs/crypto/openpgp.hpp"
#include "gpg/key.hpp"
#include "gpg/sign.hpp"
#include "gpg/verify.hpp"
#include "rpm/library.hpp"

namespace albs::release {

struct Keys::State {
    std::optional<gpg::Verifier> verifier;
    std::optional<rpm::Keyring> keyring;
    std::optional<gpg::Signer> signer; ///< opened by the first signature
    std::vector<openpgp::Certificate> certificates;
};

namespace {

Result<Certificate> certificate_of(const std::string& fingerprint, const std::string& gnupghome)
{
    ALBS_TRY(std::string armored, gpg::export_key(fingerprint, gnupghome));
    ALBS_TRY(std::vector<openpgp::Certificate> read, openpgp::read_certificates(armored));
    return Certificate{read.at(0).fingerprint, std::move(armored)};
}

} // namespace

Result<Keys> Keys::with(std::vector<Certificate> allowed)
{
    Keys keys;
    keys.allowed_ = std::move(allowed);
    keys.state_ = std::make_shared<State>();
    std::string all;
    for (const Certificate& certificate : keys.allowed_)
        all += certificate.armored + "\n";
    ALBS_TRY(keys.state_->certificates, openpgp::read_certificates(all));
    ALBS_TRY(keys.state_->verifier, gpg::Verifier::make(all));
    ALBS_TRY(keys.state_->keyring, rpm::library().parse_keyring(all));
    return keys;
}

Result<Keys> Keys::open(const std::string& gnupghome, const std::string& key, const std::vector<std::string>& allowed)
{
    ALBS_TRY(Certificate own, certificate_of(key, gnupghome));
    std::vector<Certificate> certificates;
    for (const std::string& fingerprint : allowed) {
        ALBS_TRY(Certificate certificate, certificate_of(fingerprint, gnupghome));
        certificates.push_back(std::move(certificate));
    }
    if (certificates.empty())
        certificates.push_back(own);
    // What we sign ourselves is read back, so the own key is known to the verifier though packages may not be by it.
    bool known = false;
    for (const Certificate& certificate : certificates)
        known = known || certificate.fingerprint == own.fingerprint;
    if (!known)
        certificates.push_back(own);
    ALBS_TRY(Keys keys, with(std::move(certificates)));
    keys.gnupghome_ = gnupghome;
    keys.asked_ = key;
    keys.own_ = std::move(own);
    return keys;
}

Result<Keys> Keys::from_certificates(const std::string& certificates)
{
    ALBS_TRY(std::vector<openpgp::Certificate> read, openpgp::read_certificates(certificates));
    std::vector<Certificate> allowed;
    for (const openpgp::Certificate& one : read)
        allowed.push_back({one.fingerprint, openpgp::armor("PGP PUBLIC KEY BLOCK", one.packets)});
    return with(std::move(allowed));
}

const Certificate* Keys::find(std::string_view fingerprint) const
{
    for (const openpgp::Certificate& one : state_->certificates)
        if (one.has(fingerprint))
            for (const Certificate& certificate : allowed_)
                if (certificate.fingerprint == one.fingerprint)
                    return &certificate;
    return nullptr;
}

Result<std::string> Keys::sign(std::string_view bytes, std::int64_t time) const
{
    if (!state_->signer) {
        ALBS_TRY(state_->signer, gpg::Signer::open(asked_, gnupghome_));
    }
    return state_->signer->detach(bytes, state_->signer->time_for(time));
}

Result<std::string> Keys::verify(std::string_view bytes, std::string_view signature, std::string_view subject) const
{
    auto key = state_->verifier->verify(bytes, signature);
    if (!key)
        return fail(std::move(key).error(), "'" + std::string(subject) + "'");
    return key;
}

Result<std::string> Keys::verify_package(const std::string& path) const
{
    ALBS_TRY(rpm::Verdict verdict, rpm::library().verify_signature(path, *state_->keyring));
    if (!verdict.good)
        return fail(Kind::trust, "the package's signature does not hold: " + verdict.reason);
    if (find(verdict.key()) == nullptr)
        return fail(Kind::trust, "the package is signed by " + verdict.key() + ", which is not allowed");
    return verdict.key();
}

} // namespace albs::release
