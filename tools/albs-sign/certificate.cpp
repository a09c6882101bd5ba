// SPDX-License-Identifier: GPL-3.0-or-later
#include "certificate.hpp"

#include "base/format.hpp"
#include "base/time.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"

namespace albs::sign {

Result<std::string> read_certificate_files(const std::vector<std::string>& paths)
{
    std::string all;
    for (const std::string& path : paths) {
        ALBS_TRY(std::string text, sys::read_file(path, std::size_t{64} << 20));
        auto bytes = openpgp::dearmor(text);
        if (!bytes)
            return fail(std::move(bytes).error(), "'" + path + "'");
        all += as_text(*bytes);
    }
    return all;
}

Result<Certificates> Certificates::read(const std::vector<std::string>& paths)
{
    ALBS_TRY(std::string all, read_certificate_files(paths));
    return of(all);
}

Result<Certificates> Certificates::of(const std::string& all)
{
    auto keyring = rpm::library().parse_keyring(all);
    if (!keyring)
        return fail(std::move(keyring).error(), "--cert");
    auto validity = gpg::read_validity(all);
    if (!validity)
        return fail(std::move(validity).error(), "--cert");
    return Certificates(*std::move(keyring), *std::move(validity));
}

std::string Certificates::why_invalid(const rpm::VerifiedSignature& signature) const
{
    bool known = false;
    for (const gpg::Validity& key : validity_) {
        bool signer = key.fingerprint.ends_with(signature.signer);
        if (!signer && key.fingerprint != signature.key)
            continue;
        known = known || signer;
        if (key.revoked)
            return "key " + key.fingerprint + " is revoked";
        if (signature.created < key.created)
            return format_text("signed at {}, before key {} was made", format_time(signature.created), key.fingerprint);
        if (key.expires && signature.created >= *key.expires)
            return format_text("signed at {}, after key {} expired", format_time(signature.created), key.fingerprint);
    }
    return known ? "" : "gpg does not know key " + signature.signer;
}

/// A key that was valid when it signed, and is not any more; empty: none.
std::string Certificates::expired_since(const rpm::VerifiedSignature& signature) const
{
    for (const gpg::Validity& key : validity_)
        if ((key.fingerprint.ends_with(signature.signer) || key.fingerprint == signature.key) && key.expires &&
            *key.expires <= current_time() && signature.created < *key.expires)
            return format_text("signed at {}, in time: key {} expired at {}", format_time(signature.created),
                               key.fingerprint, format_time(*key.expires));
    return {};
}

Result<Judgement> Certificates::verify(const std::string& path) const
{
    Judgement judgement;
    ALBS_TRY(static_cast<rpm::Verdict&>(judgement), rpm::library().verify_signature(path, keyring_));
    for (const rpm::VerifiedSignature& signature : judgement.signatures) {
        if (std::string why = why_invalid(signature); judgement.good && !why.empty()) {
            judgement.good = false;
            judgement.reason = why;
        }
        if (std::string note = expired_since(signature); !note.empty() && judgement.notes.empty())
            judgement.notes.push_back(std::move(note));
    }
    if (!judgement.good)
        judgement.notes.clear();
    return judgement;
}

} // namespace albs::sign
