// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <set>
#include <span>

#include "base/bytes.hpp"
#include "base/digest.hpp"

namespace albs {

/// The signatures that this process found good, so that none is verified twice: a commit checks each before it is on
/// disk, again when the proof for the manifest is made, and as a reader would before the manifest is written. One is
/// named by key, message and signature, of which no bit may differ. Of those that did not hold nothing is kept. From
/// any thread.
class VerifiedSignatures {
public:
    /// Those of the whole process.
    static VerifiedSignatures& all();

    /// SHA-256 over the key's SubjectPublicKeyInfo, the digest of the message and the signature. The first two say how
    /// long they are: the one by its DER, the other by its kind.
    static Digest name(std::span<const std::uint8_t> spki, const Digest& message,
                       std::span<const std::uint8_t> signature);
    bool contains(const Digest& name) const;
    /// Forgets all others first when there are max_kept.
    void add(const Digest& name);

    static constexpr std::size_t max_kept = 65536;

private:
    mutable std::mutex mutex_;
    std::set<Digest> kept_;
};

} // namespace albs
