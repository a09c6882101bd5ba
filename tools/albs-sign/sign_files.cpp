// SPDX-License-Identifier: GPL-3.0-or-later
// `albs-sign sign FILE...`: packages that somebody else built are signed as rpmsign signs them, and become records.
#include <set>

#include "base/format.hpp"
#include "plain_file.hpp"
#include "rpm/library.hpp"
#include "sign_packages.hpp"
#include "sys/parallel.hpp"

namespace albs::sign {
namespace {

Status refuse_signed(const std::string& path)
{
    ALBS_TRY(std::vector<rpm::PackageSignature> there, rpm::library().read_signatures(path));
    for (const rpm::PackageSignature& one : there)
        if (one.unknown.empty())
            return fail(Kind::input, format_text("'{}' carries a signature of key {} already", path, one.info.issuer),
                        "albs-sign rotate signs it with another key, albs-sign unsign gives back what was built");
    return {};
}

/// Each file once.
Result<std::vector<UnsignedPackage>> read_files(cli::Context& context)
{
    std::vector<UnsignedPackage> all(context.operands.size());
    ALBS_CHECK(sys::for_each_parallel(all.size(), context.jobs(), [&](std::size_t i) -> Status {
        ALBS_TRY(all[i], describe_file(context.operands[i]));
        return refuse_signed(context.operands[i]);
    }));
    std::set<std::string> seen;
    std::erase_if(all, [&](const UnsignedPackage& one) { return !seen.insert(one.artifact.sha256).second; });
    return all;
}

/// What was described is what lies in the store now.
Status keep_files(cli::Context& context)
{
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    for (const std::string& path : context.operands)
        ALBS_CHECK(workspace->store().put_file(path));
    return {};
}

} // namespace

Result<cli::Outcome> sign_files(const SignFilesOptions& options, cli::Context& context, Manifest& manifest)
{
    if (context.operands.empty())
        return fail(Kind::usage, "no package to sign", "name one");
    cli::Outcome outcome;
    ALBS_TRY(std::vector<UnsignedPackage> packages, read_files(context));
    const std::size_t asked = packages.size();
    ALBS_TRY(packages, unopposed_packages(options.gates, context, std::move(packages)));
    if (packages.size() != asked)
        outcome.verdict = cli::Verdict::no;
    if (!context.dry_run()) {
        ALBS_CHECK(keep_files(context));
        for (const UnsignedPackage& package : packages) {
            ALBS_CHECK(manifest.add(package.artifact));
            outcome.given.insert(package.artifact.sha256);
        }
    }
    ALBS_CHECK(sign_packages(options.signature, context, manifest, packages));
    return outcome;
}

} // namespace albs::sign
