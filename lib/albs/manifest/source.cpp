// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/source.hpp"

#include <map>

#include "albs/manifest/members.hpp"
#include "albs/manifest/merge_rules.hpp"
#include "albs/manifest/transformation_list.hpp"
#include "base/format.hpp"

namespace albs {

template <>
constexpr auto list_of<LookasideFile> = MemberList{
    "lookaside",
    member("path", &LookasideFile::path, form::relative_path).bound(),
    member("algorithm", &LookasideFile::algorithm).bound(),
    member("digest", &LookasideFile::digest).bound(),
    member("sha256", &LookasideFile::sha256, form::sha256).bound(),
    member("size", &LookasideFile::size, form::size).bound(),
    member("url", &LookasideFile::url).freely(),
};

template <>
constexpr auto list_of<SourceSignature> = MemberList{
    "signature_verdict",
    member("status", &SourceSignature::status).bound(),
    member("key", &SourceSignature::key).bound(),
    member("signer", &SourceSignature::signer).freely(),
};

template <>
constexpr auto list_of<UpstreamSignature> = MemberList{
    "upstream_signature",
    member("path", &UpstreamSignature::path, form::relative_path).bound(),
    member("signature", &UpstreamSignature::signature, form::relative_path).bound(),
    member("keyring", &UpstreamSignature::keyring).bound(),
    member("status", &UpstreamSignature::status).bound(),
    member("key", &UpstreamSignature::key).bound(),
    member("signer", &UpstreamSignature::signer).freely(),
};

template <>
constexpr auto list_of<Source> = MemberList{
    "source",
    member("id", &Source::id).bound(),
    member("kind", &Source::kind, form::one_of("git", "srpm", "directory")).bound(),
    member("name", &Source::name).bound(),
    member("url", &Source::url).bound().per_attempt(),
    member("ref", &Source::ref).bound().per_attempt(),
    member("commit", &Source::commit).bound(),
    member("tree", &Source::tree).bound(),
    member("commit_time", &Source::commit_time, form::time),
    member("layout", &Source::layout).per_attempt(),
    member("spec", &Source::spec).per_attempt(),
    member("signature", &Source::signature).bound().per_attempt(),
    member("lookaside", &Source::lookaside).bound().per_attempt(),
    member("files", &Source::files, form::sha256).bound().sparse().per_attempt(),
    member("srpm", &Source::srpm, form::sha256).bound().per_attempt(),
    member("upstream_signatures", &Source::upstream_signatures).bound().sparse().per_attempt(),
    member("transformations", &Source::transformations).bound().sparse().per_attempt(),
    member("history", &Source::history, form::sha256).bound().sparse().per_attempt(),
    member("source_date_epoch", &Source::source_date_epoch).bound().per_attempt(),
    follows_member<Source>(),
};

template <> Status check_whole(const Source& source)
{
    if (!source.files && !source.srpm)
        return fail(Kind::input, "files: neither a source tree nor a source package is named");
    return {};
}

template struct RecordType<Source>;

const std::string& content_of(const Source& source)
{
    static const std::string none;
    return source.files ? *source.files : source.srpm ? *source.srpm : none;
}

Status check_same_files(const Json& known, const Json& added)
{
    const Json* old_files = known.find("lookaside");
    const Json* new_files = added.find("lookaside");
    if (old_files == nullptr || new_files == nullptr || old_files->elements() == nullptr ||
        new_files->elements() == nullptr || *old_files == *new_files)
        return {};
    std::map<std::string, const Json*> by_path;
    for (const Json& file : *old_files->elements())
        by_path.emplace(text_member(file, "path"), &file);
    for (const Json& file : *new_files->elements()) {
        auto other = by_path.find(text_member(file, "path"));
        if (other == by_path.end())
            continue;
        Json said = RecordType<LookasideFile>::told_inside(*other->second);
        if (Json now = RecordType<LookasideFile>::told_inside(file); canonical_json(said) != canonical_json(now))
            return contradiction(Source::table, text_member(known, "id"), format_text("lookaside '{}'", other->first),
                                 said, now);
    }
    return {};
}

} // namespace albs
