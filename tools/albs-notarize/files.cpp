// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize files: any files, an ISO image say. Their manifest is made here, and recorded.
#include "options.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"

namespace albs::notarize {

Result<cli::Outcome> files(const LedgerOptions& options, cli::Context& context, Manifest& manifest)
{
    if (context.operands.empty())
        return fail(Kind::usage, "no file was named", "albs-notarize files FILE...");
    std::int64_t done = 0;
    for (const std::string& path : context.operands) {
        ALBS_TRY(sys::FileDigest digest, sys::digest_file(path));
        Artifact artifact{.sha256 = digest.sha256.hex(),
                          .size = digest.size,
                          .name = sys::base_name(path),
                          .kind = "file",
                          .rpm = {},
                          .unsigned_sha256 = {}};
        ALBS_CHECK(manifest.add(artifact));
        context.messages.progress("hashing", ++done, static_cast<std::int64_t>(context.operands.size()), "files");
    }
    return append(options, context, manifest);
}

} // namespace albs::notarize
