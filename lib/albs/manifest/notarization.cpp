// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/notarization.hpp"

#include "albs/manifest/members.hpp"

namespace albs {

template <>
constexpr auto list_of<Notarization> = MemberList{
    "notarization",
    member("id", &Notarization::id),
    member("about", &Notarization::about),
    member("kind", &Notarization::kind),
    member("subject", &Notarization::subject),
    member("log", &Notarization::log),
    member("index", &Notarization::index, form::size),
    member("checkpoints", &Notarization::checkpoints),
    member("signer", &Notarization::signer),
    member("form", &Notarization::form).sparse(),
    member("statement", &Notarization::statement),
    member("signature", &Notarization::signature),
    member("entry", &Notarization::entry).sparse(),
    member("proof", &Notarization::proof).sparse(),
    member("envelope", &Notarization::envelope).sparse(),
};

template struct RecordType<Notarization>;

} // namespace albs
