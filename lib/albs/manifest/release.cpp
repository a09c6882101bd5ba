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
    member("repomd_sha256", &Release::repomd_sha256, form::sha256).bound(),
    member("key", &Release::key).bound(),
    member("published", &Release::published, form::time).bound(),
    member("packages", &Release::packages).bound(),
    member("previous", &Release::previous, form::sha256).bound(),
    member("waived", &Release::waived).bound(),
};

template struct RecordType<Release>;

} // namespace albs
