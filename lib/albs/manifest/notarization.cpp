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
    member("entry", &Notarization::entry),
    member("proof", &Notarization::proof),
    member("envelope", &Notarization::envelope),
};

template struct RecordType<Notarization>;

} // namespace albs
