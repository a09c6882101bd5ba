// SPDX-License-Identifier: GPL-3.0-or-later
// `albs-sign rotate DIR`: the packages of a repository signed anew with other keys. Nothing in DIR is touched: the new
// files go to the store, and albs-release publishes them as a whole tree.
#include <algorithm>
#include <set>

#include "base/format.hpp"
#include "certificate.hpp"
#include "keys.hpp"
#include "plain_file.hpp"
#include "rpm/library.hpp"
#include "sign_packages.hpp"
#include "sys/file.hpp"
#include "sys/parallel.hpp"
#include "sys/temporary.hpp"

namespace albs::sign {
namespace {

/// One package file of the repository.
struct OldFile {
    std::string path;
    UnsignedPackage package; ///< before it is unsigned: as it stands there
    std::string doubt;       ///< why it is not signed anew
    bool is_rotated = false; ///< it has the signatures of the new keys and no others
    bool is_proven = true;   ///< that without its signatures it is what was built
};

/// By the old certificates and those of the new keys: a repository may be rotated in part.
Result<Certificates> known_certificates(const RotateOptions& options, const std::vector<std::string>& wanted)
{
    ALBS_TRY(std::string all, read_certificate_files(options.certificates));
    for (const std::string& key : wanted) {
        ALBS_TRY(std::string own, gpg::export_key(key, options.signature.keys.gnupghome));
        ALBS_TRY(Bytes packets, openpgp::dearmor(own));
        all += as_text(packets);
    }
    return Certificates::of(all);
}

Status examine(OldFile& file, const Certificates& certificates, const std::vector<std::string>& wanted)
{
    ALBS_TRY(file.package, describe_file(file.path));
    ALBS_TRY(Judgement verdict, certificates.verify(file.path));
    if (!verdict.good) {
        file.doubt = verdict.reason;
        return {};
    }
    std::set<std::string> keys;
    for (const rpm::VerifiedSignature& one : verdict.signatures) {
        keys.insert(one.key);
        file.package.built = std::max(file.package.built, one.created);
    }
    file.is_rotated = keys == std::set<std::string>(wanted.begin(), wanted.end());
    for (const std::string& key : keys)
        file.package.replaces.push_back(std::string(file.package.artifact.sha256) + "/" + key);
    return {};
}

/// Each file once.
Result<std::vector<OldFile>> read_directory(cli::Context& context, const Certificates& certificates,
                                            const std::vector<std::string>& wanted)
{
    std::vector<OldFile> files;
    for (const std::string& operand : context.operands) {
        ALBS_TRY(std::vector<std::string> paths, package_files(operand));
        for (std::string& path : paths)
            files.emplace_back().path = std::move(path);
    }
    ALBS_CHECK(sys::for_each_parallel(files.size(), context.jobs(), [&](std::size_t i) -> Status {
        return examine(files[i], certificates, wanted);
    }));
    std::set<std::string> seen;
    std::erase_if(files, [&](const OldFile& one) { return !seen.insert(one.package.artifact.sha256).second; });
    return files;
}

/// The file without its signatures, in the store; its record takes the place of that of the old one.
Status restore(OldFile& file, const store::Workspace& workspace, store::Store& store, const Manifest& manifest)
{
    Artifact& artifact = file.package.artifact;
    const Artifact* known = manifest.artifact(artifact.sha256);
    const bool is_recorded = known != nullptr && known->unsigned_sha256;
    ALBS_TRY(rpm::Unsigned built,
             rpm::library().digest_unsigned(file.path, is_recorded ? known->unsigned_sha256->view() : ""));
    if (is_recorded && !built.is_proven)
        return fail(Kind::trust,
                    "'" + file.path + "' without its signatures is not what the manifest recorded as built",
                    "the package or the manifest was changed");
    file.is_proven = built.is_proven;
    const std::string digest = built.digest.sha256.hex();
    ALBS_TRY(std::string parent, workspace.directory("tmp"));
    ALBS_TRY(auto directory, sys::TemporaryDirectory::make("rotate", parent));
    const std::string to = directory.path() + "/" + digest;
    ALBS_CHECK(rpm::library().write_unsigned(file.path, to, digest));
    ALBS_CHECK(store.put_file(to));
    artifact.sha256 = digest;
    artifact.size = built.digest.size;
    if (const Artifact* recorded = manifest.artifact(digest))
        artifact = *recorded;
    return {};
}

Status restore_all(std::vector<OldFile>& files, cli::Context& context, const Manifest& manifest)
{
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    ALBS_CHECK(sys::for_each_parallel(files.size(), context.jobs(), [&](std::size_t i) -> Status {
        return restore(files[i], *workspace, workspace->store(), manifest);
    }));
    for (const OldFile& file : files)
        if (!file.is_proven)
            context.messages.warning("what was built cannot be proved: the record names the file that is left without "
                                     "signatures (--manifest has the digests)",
                                     file.package.artifact.rpm->nevra);
    return {};
}

Status merge_given(const RotateOptions& options, Manifest& manifest)
{
    if (options.manifest.empty())
        return {};
    ALBS_TRY(std::vector<Manifest> all, cli::read_manifests(options.manifest));
    manifest = std::move(all.front());
    for (std::size_t i = 1; i < all.size(); ++i)
        ALBS_CHECK(manifest.merge(all[i]));
    return {};
}

} // namespace

Result<cli::Outcome> rotate(const RotateOptions& options, cli::Context& context, Manifest& manifest)
{
    if (context.operands.empty())
        return fail(Kind::usage, "no repository to rotate", "name its directory");
    ALBS_TRY(std::vector<std::string> wanted, primary_keys(options.signature.keys));
    ALBS_CHECK(merge_given(options, manifest));
    ALBS_TRY(Certificates certificates, known_certificates(options, wanted));
    ALBS_TRY(std::vector<OldFile> files, read_directory(context, certificates, wanted));
    cli::Outcome outcome;
    for (const OldFile& file : files)
        if (!file.doubt.empty()) {
            context.messages.warning("not signed anew: " + file.doubt, file.path);
            outcome.verdict = cli::Verdict::no;
        }
    std::erase_if(files, [](const OldFile& one) { return !one.doubt.empty(); });
    const auto rotated = std::erase_if(files, [](const OldFile& one) { return one.is_rotated; });
    if (rotated > 0)
        context.messages.note(format_text("{} packages have these signatures already", rotated));
    if (!context.dry_run() && !files.empty())
        ALBS_CHECK(restore_all(files, context, manifest));
    std::vector<UnsignedPackage> packages;
    for (OldFile& file : files)
        packages.push_back(std::move(file.package));
    ALBS_TRY(packages, unopposed_packages(options.gates, context, std::move(packages)));
    if (packages.size() != files.size())
        outcome.verdict = cli::Verdict::no;
    if (!context.dry_run())
        for (const UnsignedPackage& package : packages) {
            if (manifest.artifact(package.artifact.sha256) == nullptr)
                ALBS_CHECK(manifest.add(package.artifact));
            outcome.given.insert(package.artifact.sha256);
        }
    ALBS_CHECK(sign_packages(options.signature, context, manifest, packages));
    return outcome;
}

} // namespace albs::sign
