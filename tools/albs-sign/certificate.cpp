// SPDX-License-Identifier: GPL-3.0-or-later
#include "certificate.hpp"

#include "base/format.hpp"
#include "base/time.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"

namespace albs::sign {

Result<Certificates> Certificates::read(const std::vector<std::string>& paths)
{
    std::string all;
    for (const std::string& path : paths) {
        ALBS_TRY(std::string text, sys::read_file(path, std::size_t{64} << 20));
        auto bytes = openpgp::dearmor(text);
        if (!bytes)
            return fail(std::move(bytes).error(), "'" + path + "'");
        all += as_text(*bytes);
    }
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

Result<rpm::Verdict> Certificates::verify(const std::string& path) const
{
    ALBS_TRY(rpm::Verdict verdict, rpm::library().verify_signature(path, keyring_));
    for (const rpm::VerifiedSignature& signature : verdict.signatures)
        if (std::string why = why_invalid(signature); verdict.good && !why.empty()) {
            verdict.good = false;
            verdict.reason = why;
        }
    return verdict;
}

} // namespace albs::sign
