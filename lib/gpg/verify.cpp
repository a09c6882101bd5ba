// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpg/verify.hpp"

#include "gpg/handles.hpp"
#include "sys/signals.hpp"

namespace albs::gpg {
namespace {

Result<Data> data_of(std::string_view bytes)
{
    gpgme_data_t raw = nullptr;
    gpgme_error_t code = gpgme_data_new_from_mem(&raw, bytes.data(), bytes.size(), 0);
    if (code != 0)
        return gpg_error("cannot hold data", code);
    return Data(raw);
}

} // namespace

Result<Verifier> Verifier::make(std::string_view certificates)
{
    ALBS_TRY(std::vector<openpgp::Certificate> list, openpgp::read_certificates(certificates));
    ALBS_TRY(PublicHome home, PublicHome::with(certificates));
    sys::SignalHold hold;
    ALBS_TRY(Session session, open_session(GPGME_PROTOCOL_OpenPGP, nullptr, home.path()));
    for (const openpgp::Certificate& certificate : list) {
        ALBS_TRY(Data key, data_of(as_text(certificate.packets)));
        gpgme_error_t code = gpgme_op_import(session.get(), key.get());
        if (code != 0)
            return gpg_error("cannot read certificate " + certificate.fingerprint, code);
        gpgme_import_result_t result = gpgme_op_import_result(session.get());
        if (result == nullptr || result->considered == 0 || result->imports == nullptr ||
            gpgme_err_code(result->imports->result) != GPG_ERR_NO_ERROR)
            return fail(Kind::input, "GnuPG cannot use certificate " + certificate.fingerprint);
    }
    return Verifier(std::move(home), std::move(list));
}

Result<std::string> Verifier::verify(std::string_view bytes, std::string_view signature) const
{
    sys::SignalHold hold;
    ALBS_TRY(Session session, open_session(GPGME_PROTOCOL_OpenPGP, nullptr, home_.path()));
    ALBS_TRY(Data text, data_of(bytes));
    // All of its armoured blocks: gpg would look at the first only.
    auto packets = openpgp::dearmor(signature);
    if (!packets)
        return fail(Kind::trust, "no signature can be read: " + packets.error().message);
    ALBS_TRY(Data sign, data_of(as_text(*packets)));
    gpgme_error_t code = gpgme_op_verify(session.get(), sign.get(), text.get(), nullptr);
    gpgme_verify_result_t result = code == 0 ? gpgme_op_verify_result(session.get()) : nullptr;
    if (result == nullptr || result->signatures == nullptr)
        return fail(Kind::trust,
                    "no signature can be read" + (code == 0 ? "" : std::string(": ") + gpgme_strerror(code)));
    std::string key;
    // Every signature in the file has to hold: one bad among good ones is no accident.
    for (gpgme_signature_t one = result->signatures; one != nullptr; one = one->next) {
        std::string by = one->fpr == nullptr ? "an unknown key" : one->fpr;
        if (gpgme_err_code(one->status) == GPG_ERR_NO_PUBKEY)
            return fail(Kind::trust, "signed by " + by + ", which is not allowed");
        if (gpgme_err_code(one->status) != GPG_ERR_NO_ERROR)
            return fail(Kind::trust, "the signature by " + by + " is not good: " + gpgme_strerror(one->status));
        for (const openpgp::Certificate& certificate : certificates_)
            if (certificate.has(by))
                key = certificate.fingerprint;
    }
    if (key.empty())
        return fail(Kind::trust, "signed by a key that is not allowed");
    return key;
}

} // namespace albs::gpg
