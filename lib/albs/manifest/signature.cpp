// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/signature.hpp"

#include "albs/manifest/members.hpp"

namespace albs {

template <>
constexpr auto list_of<Signature> = MemberList{
    "signature",
    member("id", &Signature::id).bound(),
    member("artifact", &Signature::artifact, form::sha256).bound(),
    member("unsigned", &Signature::unsigned_sha256, form::sha256).bound(),
    member("key", &Signature::key).bound(),
    member("algorithm", &Signature::algorithm).bound(),
    member("created", &Signature::created, form::time).bound(),
    member("waived", &Signature::waived).bound().per_attempt(),
    // Not written where it is empty, so that statements of before it hold.
    member("replaces", &Signature::replaces).bound().sparse().per_attempt(),
    follows_member<Signature>(),
};

template struct RecordType<Signature>;

} // namespace albs
