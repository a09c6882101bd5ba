// SPDX-License-Identifier: GPL-3.0-or-later
#include "signed_file.hpp"

#include <algorithm>

#include "base/time.hpp"
#include "rpm/library.hpp"
#include "sys/hash_file.hpp"
#include "sys/temporary.hpp"

namespace albs::sign {
namespace {

/// Names the result before it exists.
std::string memo_key(const SigningRequest& order, const UnsignedPackage& package, std::int64_t created)
{
    Json signers = Json::array();
    for (const gpg::Signer& signer : order.keys.signers)
        signers.push(signer.key().signer);
    return sha256(canonical_json(Json::object({{"unsigned", package.artifact.sha256},
                                               {"signers", signers},
                                               {"rpmv3", order.rpmv3},
                                               {"created", created}})))
        .hex();
}

/// BUILT, whose bytes are known to be right, is what PATH is without its signatures.
Result<bool> is_made_from(const std::string& path, const std::string& built, const UnsignedPackage& package,
                          bool is_payload_named)
{
    if (is_payload_named)
        return rpm::library().is_head_of(built, path);
    ALBS_TRY(rpm::Unsigned before, rpm::library().digest_unsigned(path, package.artifact.sha256));
    return before.is_proven;
}

/// Every key made what it should, nobody else did, nothing but signatures was added. built: the file that was signed.
Result<rpm::Verdict> prove(const std::string& path, const SigningRequest& order, const UnsignedPackage& package,
                           std::int64_t created, const std::string& built)
{
    auto refuse = [&](const std::string& why) {
        return fail(Kind::trust, "the signed copy of '" + package.artifact.name + "' does not hold: " + why,
                    "it was not recorded; look for a broken disk, agent or librpm");
    };
    ALBS_TRY(rpm::Verdict verdict, rpm::library().verify_signature(path, order.keys.certificates));
    if (!verdict.good)
        return refuse(verdict.reason);
    for (const gpg::Signer& signer : order.keys.signers)
        if (std::none_of(verdict.signatures.begin(), verdict.signatures.end(), [&](const rpm::VerifiedSignature& one) {
                return one.header_only && one.signer == signer.key().signer && one.created == created;
            }))
            return refuse("no signature of key " + signer.key().signer);
    ALBS_TRY(RpmInfo info, rpm::library().read_info(path));
    if (info.header_sha256 != package.artifact.rpm->header_sha256 || info.nevra != package.artifact.rpm->nevra)
        return refuse("its header is another");
    ALBS_TRY(bool is_from, is_made_from(path, built, package, info.payload_sha256.has_value()));
    if (!is_from)
        return refuse("without its signatures it is not the built file");
    return verdict;
}

SignedFile records(const SigningRequest& order, const UnsignedPackage& package, const sys::FileDigest& digest,
                   const rpm::Verdict& verdict)
{
    SignedFile made{.artifact = package.artifact, .signatures = {}};
    made.artifact.sha256 = digest.sha256.hex();
    made.artifact.size = digest.size;
    made.artifact.unsigned_sha256 = package.artifact.sha256;
    for (const gpg::Signer& signer : order.keys.signers) {
        const std::string& key = signer.key().fingerprint;
        auto one =
            std::find_if(verdict.signatures.begin(), verdict.signatures.end(),
                         [&](const rpm::VerifiedSignature& proven) { return proven.header_only && proven.key == key; });
        made.signatures.push_back({.id = made.artifact.sha256 + "/" + key,
                                   .artifact = made.artifact.sha256,
                                   .unsigned_sha256 = package.artifact.sha256,
                                   .key = key,
                                   .algorithm = one->algorithm,
                                   .created = format_time(one->created),
                                   .waived = package.waived,
                                   .replaces = {package.replaces.begin(), package.replaces.end()}});
    }
    return made;
}

Result<std::vector<rpm::PackageSignature>> make_signatures(const std::string& path, const SigningRequest& order,
                                                           std::int64_t created)
{
    ALBS_TRY(std::vector<rpm::PackageSignature> there, rpm::library().read_signatures(path));
    // What nobody here can judge stays where it is, beside ours.
    std::erase_if(there, [](const rpm::PackageSignature& one) { return !one.unknown.empty(); });
    if (!there.empty())
        return fail(Kind::input, "it carries a signature of key " + there[0].info.issuer + " already",
                    "only packages as they were built are signed: albs-sign unsign gives them back");
    ALBS_TRY(rpm::Signable signable, rpm::library().hash_for_signing(path, !order.rpmv3));
    std::vector<rpm::PackageSignature> made;
    for (const gpg::Signer& signer : order.keys.signers) {
        ALBS_TRY(Bytes header, signer.sign(signable.header.copy(), created));
        ALBS_TRY(openpgp::SignatureInfo info, openpgp::read_signature(header));
        made.push_back({true, info, std::move(header)});
        // As rpmsign: without the payload's digest in the header, a header signature alone would leave it open.
        if (!order.rpmv3 && signable.payload_in_header)
            continue;
        ALBS_TRY(Bytes both, signer.sign(signable.header_and_payload.copy(), created));
        ALBS_TRY(info, openpgp::read_signature(both));
        made.push_back({false, info, std::move(both)});
    }
    return made;
}

} // namespace

Result<SignedFile> make_signed(store::Workspace& workspace, const SigningRequest& order, const UnsignedPackage& package)
{
    std::int64_t created = order.created ? *order.created : order.keys.time_for(package.built);
    std::string memo = memo_key(order, package, created);
    std::string from = package.path;
    if (from.empty()) {
        ALBS_TRY(from, workspace.store().path(package.artifact.sha256));
    }
    if (auto digest = workspace.recall("signed", memo); digest && workspace.store().has(*digest)) {
        ALBS_TRY(std::string path, workspace.store().path(*digest));
        ALBS_TRY(rpm::Verdict verdict, prove(path, order, package, created, from));
        ALBS_TRY(sys::FileDigest known, sys::digest_file(path));
        SignedFile made = records(order, package, known, verdict);
        made.fresh = false;
        return made;
    }
    auto signatures = make_signatures(from, order, created);
    if (!signatures)
        return fail(std::move(signatures).error(), "'" + package.artifact.name + "'");
    ALBS_TRY(std::string parent, workspace.directory("tmp"));
    ALBS_TRY(auto directory, sys::TemporaryDirectory::make("sign", parent));
    std::string copy = directory.path() + "/" + package.artifact.sha256;
    ALBS_TRY(sys::FileDigest digest, rpm::library().write_signed(from, copy, *signatures));
    auto verdict = prove(copy, order, package, created, from);
    if (!verdict) {
        ALBS_CHECK(rpm::library().hash_for_signing(from)); // a package that was damaged before is no wonder
        return tl::unexpected(std::move(verdict).error());
    }
    ALBS_CHECK(workspace.store().adopt_file(copy, digest));
    ALBS_CHECK(workspace.remember("signed", memo, digest.sha256.hex()));
    return records(order, package, digest, *verdict);
}

} // namespace albs::sign
