// SPDX-License-Identifier: GPL-3.0-or-later
// The tool's own job: what may be signed is decided for all packages first, then each is signed and proved, then the
// records are added in the order of the manifest.
#include "eligible.hpp"
#include "keys.hpp"
#include "prove_again.hpp"
#include "sign_packages.hpp"

namespace albs::sign {

Result<cli::Outcome> sign(const SignOptions& options, cli::Context& context, Manifest& manifest)
{
    ALBS_TRY(std::vector<std::string> wanted, fingerprints(options.signature.keys));
    ALBS_CHECK(signing_time(options.signature.signing_time));
    ALBS_CHECK(prove_again(options.signature.keys, context, manifest, wanted));
    ALBS_TRY(std::vector<UnsignedPackage> packages, unsigned_packages(manifest, wanted));
    std::size_t asked = packages.size();
    ALBS_TRY(packages, eligible_packages(options.gates, context, manifest, std::move(packages)));
    ALBS_CHECK(sign_packages(options.signature, context, manifest, packages));
    return cli::Outcome{.verdict = packages.size() == asked ? cli::Verdict::yes : cli::Verdict::no, .document = {}};
}

} // namespace albs::sign
