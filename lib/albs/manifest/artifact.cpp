// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/artifact.hpp"

#include "albs/manifest/members.hpp"

namespace albs {

template <>
constexpr auto list_of<RpmInfo> = MemberList{
    "rpm",
    member("name", &RpmInfo::name),
    member("epoch", &RpmInfo::epoch),
    member("version", &RpmInfo::version),
    member("release", &RpmInfo::release),
    member("arch", &RpmInfo::arch),
    member("nevra", &RpmInfo::nevra).bound(),
    member("sourcerpm", &RpmInfo::sourcerpm),
    member("header_sha256", &RpmInfo::header_sha256, form::sha256).bound(),
    member("payload_sha256", &RpmInfo::payload_sha256).bound(),
};

template <>
constexpr auto list_of<Artifact> = MemberList{
    "artifact",
    member("sha256", &Artifact::sha256, form::sha256).bound(),
    member("size", &Artifact::size, form::size).bound(),
    member("name", &Artifact::name, form::file_name).bound(),
    member("kind", &Artifact::kind).bound(),
    member("rpm", &Artifact::rpm), // a binding has its members beside those of the artifact
    member("unsigned", &Artifact::unsigned_sha256, form::sha256),
    member("names", &Artifact::names, form::file_name).sparse(),
};

template struct RecordType<RpmInfo>;
template struct RecordType<Artifact>;

} // namespace albs
