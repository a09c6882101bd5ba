// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/source.hpp"

#include "albs/manifest/members.hpp"

namespace albs {

template <>
constexpr auto list_of<LookasideFile> = MemberList{
    "lookaside",
    member("path", &LookasideFile::path, form::relative_path).bound(),
    member("algorithm", &LookasideFile::algorithm).bound(),
    member("digest", &LookasideFile::digest).bound(),
    member("sha256", &LookasideFile::sha256, form::sha256).bound(),
    member("size", &LookasideFile::size, form::size).bound(),
    member("url", &LookasideFile::url),
};

template <>
constexpr auto list_of<SourceSignature> = MemberList{
    "signature_verdict",
    member("status", &SourceSignature::status).bound(),
    member("key", &SourceSignature::key).bound(),
    member("signer", &SourceSignature::signer),
};

template <>
constexpr auto list_of<Source> = MemberList{
    "source",
    member("id", &Source::id).bound(),
    member("kind", &Source::kind, form::one_of("git", "srpm", "directory")).bound(),
    member("name", &Source::name).bound(),
    member("url", &Source::url).bound(),
    member("ref", &Source::ref).bound(),
    member("commit", &Source::commit).bound(),
    member("tree", &Source::tree).bound(),
    member("commit_time", &Source::commit_time, form::time),
    member("layout", &Source::layout),
    member("spec", &Source::spec),
    member("signature", &Source::signature).bound(),
    member("lookaside", &Source::lookaside).bound(),
    member("srpm", &Source::srpm, form::sha256).bound(),
    member("source_date_epoch", &Source::source_date_epoch).bound(),
};

template struct RecordType<Source>;

} // namespace albs
