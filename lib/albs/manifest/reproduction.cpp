// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/reproduction.hpp"

#include "albs/manifest/members.hpp"

namespace albs {

template <>
constexpr auto list_of<Reproduction> = MemberList{
    "reproduction",
    member("id", &Reproduction::id).bound(),
    member("artifact", &Reproduction::artifact, form::sha256).bound(),
    member("name", &Reproduction::name, form::file_name).bound().per_attempt(),
    member("task", &Reproduction::task).bound().per_attempt(),
    member("verdict", &Reproduction::verdict,
           form::one_of("identical", "signature", "metadata", "payload", "differs", "missing"))
        .bound()
        .per_attempt(),
    member("rebuilt", &Reproduction::rebuilt, form::sha256).bound().per_attempt(),
    member("signed", &Reproduction::signed_files, form::sha256).bound().per_attempt(),
    member("tags", &Reproduction::tags).bound().per_attempt(),
    member("file", &Reproduction::file).bound().per_attempt(),
    member("what", &Reproduction::what).bound().per_attempt(),
    member("finished", &Reproduction::finished, form::time).bound().per_attempt(),
    follows_member<Reproduction>(),
};

template struct RecordType<Reproduction>;

} // namespace albs
