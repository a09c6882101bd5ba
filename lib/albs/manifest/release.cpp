// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/release.hpp"

#include "albs/manifest/members.hpp"

namespace albs {

template <>
constexpr auto list_of<ReleasedPackage> = MemberList{
    "released_package",
    member("artifact", &ReleasedPackage::artifact, form::sha256).bound(),
    member("path", &ReleasedPackage::path, form::relative_path).bound(),
};

template <>
constexpr auto list_of<Release> = MemberList{
    "release",
    member("id", &Release::id).bound(),
    member("repository", &Release::repository, form::relative_path).bound(),
    member("repomd_sha256", &Release::repomd_sha256, form::sha256).bound().per_attempt(),
    member("key", &Release::key).bound().per_attempt(),
    member("published", &Release::published, form::time).bound().per_attempt(),
    member("packages", &Release::packages).bound().per_attempt(),
    member("previous", &Release::previous, form::sha256).bound().per_attempt(),
    member("waived", &Release::waived).bound().per_attempt(),
    follows_member<Release>(),
};

template struct RecordType<Release>;

} // namespace albs
