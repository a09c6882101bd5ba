// SPDX-License-Identifier: GPL-3.0-or-later
#include "signature.hpp"

#include "base/bytes.hpp"
#include "base/format.hpp"
#include "git/location.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"

namespace albs::fetch {
namespace {

Result<SourceSignature> check_signature(const Session& session, const std::string& signature, const std::string& text,
                                        const std::string& what)
{
    SourceSignature verdict;
    if (signature.empty())
        return verdict;
    verdict.status = "unknown-key";
    if (!session.keyring)
        return verdict;
    ALBS_TRY(verdict, session.keyring->verify(signature, text));
    // Evidence that contradicts itself stops everything, required or not.
    if (verdict.status == "bad")
        return fail(Kind::trust, format_text("the signature of {} by key {} does not fit it: one of them was changed",
                                             what, verdict.key.value_or("unknown")));
    return verdict;
}

std::string tag_name(const std::string& ref)
{
    constexpr std::string_view prefix = "refs/tags/";
    return ref.starts_with(prefix) ? ref.substr(prefix.size()) : ref;
}

const char* words_for(const std::string& status)
{
    if (status == "unknown-key")
        return "is signed by a key that is not in the keyring";
    if (status == "expired-key")
        return "is signed by a key that has expired";
    if (status == "revoked-key")
        return "is signed by a key that was revoked";
    return "is not signed";
}

std::string advice_for(const std::string& status, const std::string& keyring)
{
    if (status == "unknown-key")
        return "if the key is trusted, add it to '" + keyring + "'";
    if (status == "expired-key")
        return "if its owner has extended it since, put the newer copy into '" + keyring + "'";
    if (status == "revoked-key")
        return "its owner has withdrawn the key: name a commit or a tag that another key has signed";
    return "name a commit or an annotated tag that is signed";
}

} // namespace

Status refuse_unsigned(const Session& session, const SourceSignature& verdict, const std::string& what)
{
    if (!session.options.require_signed || verdict.status == "good")
        return {};
    return fail(Kind::input, what + " " + words_for(verdict.status) + ", and --require-signed wants a good signature",
                advice_for(verdict.status, session.options.keyring));
}

Result<SourceSignature> judge_signature(const Session& session, const git::Commit& commit,
                                        const std::optional<git::Tag>& tag, const std::string& ref)
{
    std::string what = "commit " + commit.id;
    ALBS_TRY(SourceSignature verdict, check_signature(session, commit.signature, commit.signed_text, what));
    if (tag && verdict.status != "good") {
        // A ref that was moved to an older signed tag would lend it a name it was not signed for.
        if (!tag->signature.empty() && !git::is_full_id(ref) && tag->name != tag_name(ref))
            return fail(Kind::trust, format_text("'{}' leads to a tag that was signed as '{}'", ref, tag->name));
        ALBS_TRY(SourceSignature of_tag,
                 check_signature(session, tag->signature, tag->signed_text, "tag '" + tag->name + "'"));
        if (of_tag.status == "good" || verdict.status == "none") {
            verdict = of_tag;
            what = "tag '" + tag->name + "'";
        }
    }
    ALBS_CHECK(refuse_unsigned(session, verdict, what));
    return verdict;
}

Result<SourceSignature> judge_package(const Session& session, const std::string& path, const RpmInfo& info)
{
    ALBS_TRY(std::vector<rpm::PackageSignature> signatures, rpm::library().read_signatures(path));
    ALBS_TRY(rpm::Layout layout, rpm::read_layout(path));
    ALBS_TRY(std::string bytes, signatures.empty() ? Result<std::string>("") : sys::read_file(path));
    auto from = static_cast<std::size_t>(layout.header);
    auto header = static_cast<std::size_t>(layout.payload - layout.header);
    SourceSignature verdict;
    for (const rpm::PackageSignature& signature : signatures) {
        if (signature.header_only && !info.payload_sha256)
            continue; // says nothing of the payload
        std::string text = bytes.substr(from, signature.header_only ? header : std::string::npos);
        ALBS_TRY(SourceSignature one,
                 check_signature(session, std::string(as_text(signature.packet)), text, info.nevra));
        if (verdict.status == "none" || one.status == "good")
            verdict = one;
    }
    ALBS_CHECK(refuse_unsigned(session, verdict, "source package " + info.nevra));
    return verdict;
}

} // namespace albs::fetch
