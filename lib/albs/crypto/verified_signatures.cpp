// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/crypto/verified_signatures.hpp"

namespace albs {

VerifiedSignatures& VerifiedSignatures::all()
{
    static VerifiedSignatures signatures;
    return signatures;
}

Digest VerifiedSignatures::name(std::span<const std::uint8_t> spki, const Digest& message,
                                std::span<const std::uint8_t> signature)
{
    Bytes all(spki.begin(), spki.end());
    all.insert(all.end(), message.bytes().begin(), message.bytes().end());
    all.insert(all.end(), signature.begin(), signature.end());
    return sha256(all);
}

bool VerifiedSignatures::contains(const Digest& name) const
{
    std::lock_guard lock(mutex_);
    return kept_.contains(name);
}

void VerifiedSignatures::add(const Digest& name)
{
    std::lock_guard lock(mutex_);
    if (kept_.size() >= max_kept)
        kept_.clear();
    kept_.insert(name);
}

} // namespace albs
