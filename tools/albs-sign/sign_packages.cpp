// SPDX-License-Identifier: GPL-3.0-or-later
#include "sign_packages.hpp"

#include <algorithm>
#include <atomic>

#include "base/format.hpp"
#include "base/time.hpp"
#include "keys.hpp"
#include "signed_file.hpp"
#include "sys/parallel.hpp"

namespace albs::sign {
namespace {

Status check_time(const SigningKeys& keys, const std::optional<std::int64_t>& created, bool asked_for)
{
    if (created && asked_for && keys.time_for(*created) != *created)
        return fail(Kind::usage, "--signing-time is before the key was made", "no verifier accepts such a signature");
    return {};
}

void say(cli::Context& context, const std::vector<SignedFile>& files)
{
    const auto fresh = std::count_if(files.begin(), files.end(), [](const SignedFile& file) { return file.fresh; });
    for (const SignedFile& file : files)
        context.messages.detail("signed by " + file.signatures.front().key, file.artifact.rpm->nevra);
    std::string note = format_text("signed {} packages", fresh);
    if (const std::size_t others = files.size() - static_cast<std::size_t>(fresh); others > 0)
        note += format_text(", {} were signed already", others);
    context.messages.note(note);
}

} // namespace

Status sign_packages(const SignatureOptions& options, cli::Context& context, Manifest& manifest,
                     const std::vector<UnsignedPackage>& packages)
{
    ALBS_TRY(std::optional<std::int64_t> created, signing_time(options.signing_time));
    if (packages.empty())
        return {};
    if (context.dry_run()) {
        for (const UnsignedPackage& package : packages)
            context.messages.note("would sign it", package.artifact.rpm->nevra);
        return {};
    }
    ALBS_TRY(SigningKeys keys, open_keys(options, std::min(context.jobs(), packages.size())));
    for (const gpg::Signer& signer : keys.signers)
        if (std::string warning = gpg::expiry_warning(signer.key(), current_time()); !warning.empty())
            context.messages.warning(warning);
    ALBS_CHECK(check_time(keys, created, !options.signing_time.empty()));
    if (created)
        created = keys.time_for(*created);
    SigningRequest order{keys, options.rpmv3, created};
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    std::vector<SignedFile> files(packages.size());
    std::atomic<std::int64_t> done = 0;
    ALBS_CHECK(sys::for_each_parallel(packages.size(), context.jobs(), [&](std::size_t i) -> Status {
        ALBS_TRY(files[i], make_signed(*workspace, order, packages[i]));
        context.messages.progress("signing", ++done, static_cast<std::int64_t>(files.size()), "packages");
        return {};
    }));
    for (const SignedFile& file : files) {
        ALBS_CHECK(manifest.add(file.artifact));
        for (const Signature& signature : file.signatures)
            ALBS_CHECK(manifest.add(signature));
    }
    say(context, files);
    return {};
}

} // namespace albs::sign
