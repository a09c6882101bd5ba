// SPDX-License-Identifier: GPL-3.0-or-later
// albs-notarize files: any files, an ISO image say, or all that are in a directory. Their manifest is made here, and
// recorded.
#include "options.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"

namespace albs::notarize {
namespace {

/// The files that the operands name; of a directory the regular files below it. Links in it are not followed: what they
/// point to is recorded where it lies, if it lies there.
Result<std::vector<std::string>> named_files(const std::vector<std::string>& operands)
{
    std::vector<std::string> paths;
    for (const std::string& operand : operands) {
        if (!sys::is_directory(operand)) {
            paths.push_back(operand);
            continue;
        }
        ALBS_TRY(std::vector<std::string> names, sys::list_tree(operand));
        if (names.empty())
            return fail(Kind::input, "'" + operand + "' is a directory without a regular file");
        for (const std::string& name : names)
            paths.push_back(operand + "/" + name);
    }
    return paths;
}

} // namespace

Result<cli::Outcome> files(const LedgerOptions& options, cli::Context& context, Manifest& manifest)
{
    if (context.operands.empty())
        return fail(Kind::usage, "no file was named", "albs-notarize files FILE...");
    ALBS_TRY(const std::vector<std::string> paths, named_files(context.operands));
    std::int64_t done = 0;
    for (const std::string& path : paths) {
        ALBS_TRY(sys::FileDigest digest, sys::digest_file(path));
        Artifact artifact{.sha256 = digest.sha256.hex(),
                          .size = digest.size,
                          .name = sys::base_name(path),
                          .kind = "file",
                          .rpm = {},
                          .unsigned_sha256 = {}};
        if (Status added = manifest.add(artifact); !added)
            return fail(std::move(added).error(), "'" + path + "'");
        context.messages.progress("hashing", ++done, static_cast<std::int64_t>(paths.size()), "files");
    }
    return append(options, context, manifest);
}

} // namespace albs::notarize
