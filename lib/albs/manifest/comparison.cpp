// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/comparison.hpp"

#include "albs/manifest/members.hpp"

namespace albs {

template <>
constexpr auto list_of<Copy> = MemberList{
    "copy",
    member("arch", &Copy::arch),
    member("sha256", &Copy::sha256, form::sha256),
};

template <>
constexpr auto list_of<Comparison> = MemberList{
    "comparison",
    member("id", &Comparison::id),
    member("source", &Comparison::source),
    member("platform", &Comparison::platform),
    member("name", &Comparison::name, form::file_name),
    member("copies", &Comparison::copies).per_attempt(),
    member("ship", &Comparison::ship, form::sha256).per_attempt(),
    member("verdict", &Comparison::verdict, form::one_of("identical", "metadata", "differs")).per_attempt(),
    member("tags", &Comparison::tags).per_attempt(),
    member("file", &Comparison::file).per_attempt(),
    member("what", &Comparison::what).per_attempt(),
    follows_member<Comparison>(),
};

template struct RecordType<Copy>;
template struct RecordType<Comparison>;

} // namespace albs
