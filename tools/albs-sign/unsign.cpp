// SPDX-License-Identifier: GPL-3.0-or-later
// `albs-sign unsign`: the built file out of the signed one. Whoever has a record of the build can so check a published
// package against it.
#include "base/format.hpp"
#include "base/visible.hpp"
#include "options.hpp"
#include "plain_file.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/parallel.hpp"
#include "sys/readable.hpp"
#include "sys/temporary.hpp"

namespace albs::sign {
namespace {

Error as_operand(Error error)
{
    if (error.kind == Kind::environment)
        error.kind = Kind::input;
    return error;
}

/// The digest that a manifest recorded for the built file of a signed one.
Result<std::string> recorded(const Manifest& manifest, const std::string& path)
{
    ALBS_TRY(sys::FileDigest digest, sys::digest_file(path));
    const Artifact* artifact = manifest.artifact(digest.sha256.hex());
    if (artifact == nullptr || !artifact->unsigned_sha256)
        return fail(Kind::input, "the manifest has no record of '" + path + "' as a signed package");
    return *artifact->unsigned_sha256;
}

/// Restores path to a new file to, which is the file of the digest that is wanted, if any. False where nobody can say
/// what the built file was.
Result<bool> restore(const std::string& path, const std::string& to, const std::string& wanted)
{
    auto signatures = rpm::library().read_signatures(path);
    if (!signatures)
        return tl::unexpected(as_operand(signatures.error()));
    if (signatures->empty())
        return fail(Kind::input, "'" + path + "' is not signed");
    ALBS_TRY(rpm::Unsigned restored, rpm::library().write_unsigned(path, to, wanted));
    if (!restored.is_proven && !wanted.empty())
        return fail(Kind::trust,
                    format_text("'{}' without its signatures is {}, but the manifest recorded that {} was signed", path,
                                restored.digest.sha256.hex(), wanted),
                    "the package or the manifest was changed");
    return restored.is_proven;
}

void tell_doubt(const std::string& path, cli::Messages& messages)
{
    messages.warning("not provable: how much room its rpmbuild reserved for signatures cannot be told from the file; "
                     "with --manifest, the digest that was recorded decides",
                     path);
}

/// Puts the file into the directory, whatever its size; a line with its digest as sha256sum writes it.
Result<std::string> laid_out(const std::string& restored, const std::string& directory, const std::string& name)
{
    const std::string to = directory + "/" + name;
    ALBS_TRY(sys::FileDigest digest, sys::digest_file(restored));
    ALBS_TRY(sys::TemporaryDirectory beside, sys::TemporaryDirectory::make("unsign", directory));
    ALBS_CHECK(sys::copy_file(restored, beside.path() + "/" + name));
    ALBS_CHECK(sys::rename_durably(beside.path() + "/" + name, to));
    return format_text("{}  {}\n", digest.sha256.hex(), escape_hidden(to));
}

Result<cli::Outcome> unsign_files(const UnsignOptions& options, cli::Context& context)
{
    const std::string& directory = context.common.output_directory;
    if (directory.empty() && context.operands.size() != 1)
        return fail(Kind::usage, "several packages do not fit on one output", "name a directory with --output DIR");
    std::optional<Manifest> manifest;
    if (!options.manifest.empty()) {
        ALBS_TRY(std::vector<Manifest> all, cli::read_manifests(options.manifest));
        manifest = std::move(all.front());
        for (std::size_t i = 1; i < all.size(); ++i)
            ALBS_CHECK(manifest->merge(all[i]));
    }
    cli::Outcome outcome{.verdict = cli::Verdict::yes, .document = ""};
    ALBS_TRY(auto temporary, sys::TemporaryDirectory::make("unsign"));
    for (const std::string& path : context.operands) {
        ALBS_CHECK(check_is_no_manifest(path, "albs-sign unsign reads a manifest on standard input"));
        std::string wanted;
        if (manifest) {
            ALBS_TRY(wanted, recorded(*manifest, path));
        }
        std::string restored = temporary.path() + "/" + sys::base_name(path);
        ALBS_TRY(bool is_proven, restore(path, restored, wanted));
        if (!is_proven) {
            tell_doubt(path, context.messages);
            outcome.verdict = cli::Verdict::no;
            outcome.is_empty = directory.empty();
            continue;
        }
        if (context.dry_run())
            context.messages.note("would give back the built package", path);
        else if (directory.empty()) {
            ALBS_TRY(sys::Fd open, sys::open_readable(restored)); // it is read when its name is gone
            auto file = std::make_shared<sys::Fd>(std::move(open));
            outcome.stream = [file, path](const auto& take) { return sys::read_pieces(file->get(), path, take); };
        } else {
            ALBS_CHECK(sys::make_directories(directory));
            ALBS_TRY(std::string line, laid_out(restored, directory, sys::base_name(path)));
            *outcome.document += line;
        }
        ALBS_CHECK(sys::remove_tree(restored));
    }
    return outcome;
}

Result<cli::Outcome> unsign_manifest(cli::Context& context, Manifest& manifest)
{
    std::vector<Artifact> packages;
    for (const Artifact& artifact : manifest.artifacts())
        if (artifact.unsigned_sha256)
            packages.push_back(artifact);
    if (packages.empty() || context.dry_run())
        return cli::Outcome{};
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    ALBS_TRY(std::string parent, workspace->directory("tmp"));
    ALBS_TRY(auto temporary, sys::TemporaryDirectory::make("unsign", parent));
    Status restored = sys::for_each_parallel(packages.size(), context.jobs(), [&](std::size_t i) -> Status {
        std::string to = temporary.path() + "/" + packages[i].sha256;
        ALBS_TRY(std::string path, workspace->store().path(packages[i].sha256));
        ALBS_CHECK(restore(path, to, *packages[i].unsigned_sha256));
        ALBS_CHECK(workspace->store().put_file(to));
        return {};
    });
    ALBS_CHECK(restored);
    const std::string& directory = context.common.output_directory;
    for (Artifact& package : packages) {
        package.sha256 = *package.unsigned_sha256;
        package.unsigned_sha256.reset();
        ALBS_CHECK(manifest.add(package));
        if (!directory.empty())
            ALBS_CHECK(workspace->store().lay_out(package.sha256, directory, package.name));
    }
    context.messages.note("gave back " + std::to_string(packages.size()) + " built packages");
    return cli::Outcome{};
}

} // namespace

Result<cli::Outcome> unsign(const UnsignOptions& options, cli::Context& context, Manifest& manifest)
{
    if (!context.operands.empty())
        return unsign_files(options, context);
    if (!options.manifest.empty())
        return fail(Kind::usage, "--manifest is for packages that are named", "pipe the manifest in, or name packages");
    return unsign_manifest(context, manifest);
}

} // namespace albs::sign
