// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpg/verify_detached.hpp"

#include <mutex>

#include "gpg/handles.hpp"
#include "gpg/home.hpp"
#include "sys/given_file.hpp"
#include "sys/readable.hpp"
#include "sys/signals.hpp"

namespace albs::gpg {
namespace {

Result<Data> memory(std::string_view bytes)
{
    gpgme_data_t raw = nullptr;
    if (gpgme_error_t code = gpgme_data_new_from_mem(&raw, bytes.data(), bytes.size(), 0); code != 0)
        return gpg_error("cannot give data to gpg", code);
    return Data(raw);
}

std::string status_of(gpgme_signature_t signature)
{
    switch (gpgme_err_code(signature->status)) {
    case GPG_ERR_NO_ERROR: return "good";
    case GPG_ERR_BAD_SIGNATURE: return "bad";
    case GPG_ERR_SIG_EXPIRED:
    case GPG_ERR_KEY_EXPIRED: return "expired-key";
    case GPG_ERR_CERT_REVOKED: return "revoked-key";
    default: return "unknown-key";
    }
}

/// What several signatures come to: contradicted evidence first, then the best that can be said.
int weight(std::string_view status)
{
    constexpr std::string_view order[] = {"bad", "good", "expired-key", "revoked-key", "unknown-key"};
    int at = 0;
    while (at < 4 && order[at] != status)
        ++at;
    return at;
}

} // namespace

struct Keyring::State {
    PublicHome home;
    Session session;
    mutable std::mutex mutex;

    /// What the signature says of the text.
    Result<SourceSignature> judge(std::string_view signature, gpgme_data_t text) const;

    SourceSignature describe(gpgme_signature_t signature) const
    {
        SourceSignature verdict;
        verdict.status = status_of(signature);
        gpgme_key_t raw = nullptr;
        if (signature->fpr == nullptr || gpgme_get_key(session.get(), signature->fpr, &raw, 0) != 0)
            return verdict;
        KeyHandle key(raw);
        if (raw->revoked != 0 && verdict.status != "bad")
            verdict.status = "revoked-key";
        verdict.key = raw->subkeys->fpr;
        if (raw->uids != nullptr && raw->uids->uid != nullptr)
            verdict.signer = raw->uids->uid;
        return verdict;
    }
};

Keyring::Keyring(std::unique_ptr<State> state) : state_(std::move(state)) {}
Keyring::Keyring(Keyring&&) noexcept = default;
Keyring& Keyring::operator=(Keyring&&) noexcept = default;
Keyring::~Keyring() = default;

Result<Keyring> Keyring::load(const std::string& file)
{
    ALBS_TRY(std::string keys, sys::read_given(file, std::size_t{64} << 20));
    ALBS_TRY(PublicHome home, PublicHome::with(keys));
    sys::SignalHold hold;
    ALBS_TRY(Session session, open_session(GPGME_PROTOCOL_OpenPGP, nullptr, home.path()));
    ALBS_TRY(Data data, memory(keys));
    gpgme_error_t code = gpgme_op_import(session.get(), data.get());
    gpgme_import_result_t imported = code == 0 ? gpgme_op_import_result(session.get()) : nullptr;
    if (imported == nullptr || imported->considered - imported->no_user_id <= 0)
        return fail(Kind::input, "no OpenPGP public key in '" + file + "'", "make it with gpg --export FINGERPRINT");
    return Keyring(std::unique_ptr<State>(new State{std::move(home), std::move(session), {}}));
}

Result<SourceSignature> Keyring::verify(std::string_view signature, std::string_view text) const
{
    ALBS_TRY(Data data, memory(text));
    return state_->judge(signature, data.get());
}

Result<SourceSignature> Keyring::verify_file(std::string_view signature, const std::string& path) const
{
    ALBS_TRY(sys::Fd file, sys::open_readable(path));
    gpgme_data_t raw = nullptr;
    if (gpgme_error_t code = gpgme_data_new_from_fd(&raw, file.get()); code != 0)
        return gpg_error("cannot give data to gpg", code);
    Data data(raw);
    return state_->judge(signature, data.get());
}

Result<SourceSignature> Keyring::State::judge(std::string_view signature, gpgme_data_t text) const
{
    std::lock_guard guard(mutex);
    sys::SignalHold hold;
    ALBS_TRY(Data signature_data, memory(signature));
    SourceSignature verdict;
    verdict.status = "unknown-key";
    gpgme_error_t code = gpgme_op_verify(session.get(), signature_data.get(), text, nullptr);
    // The last is what comes of OpenPGP packets that are no signature, such as keys.
    for (gpgme_err_code_t none : {GPG_ERR_NO_DATA, GPG_ERR_BAD_DATA, GPG_ERR_GENERAL})
        if (gpgme_err_code(code) == none)
            return verdict;
    if (code != 0)
        return gpg_error("cannot verify a signature", code);
    gpgme_verify_result_t result = gpgme_op_verify_result(session.get());
    bool first = true;
    // Collected before keys are looked up: that ends the life of the result.
    gpgme_result_ref(result);
    for (gpgme_signature_t one = result->signatures; one != nullptr; one = one->next) {
        SourceSignature described = describe(one);
        if (first || weight(described.status) < weight(verdict.status))
            verdict = described;
        first = false;
    }
    gpgme_result_unref(result);
    return verdict;
}

} // namespace albs::gpg
