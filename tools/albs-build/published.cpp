// SPDX-License-Identifier: GPL-3.0-or-later
#include "published.hpp"

#include <algorithm>
#include <map>
#include <sys/stat.h>

#include "albs/buildroot/lock.hpp"
#include "base/format.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"
#include "sys/first_bytes.hpp"
#include "sys/hash_file.hpp"
#include "sys/parallel.hpp"
#include "sys/readable.hpp"
#include "sys/temporary.hpp"

namespace albs::build {
namespace {

constexpr int max_levels = 8; // above a package
constexpr std::size_t max_head = 4096;
const std::string package_magic = "\xed\xab\xee\xdb";

/// Other JSON documents lie beside manifests: locks, reports, bills of materials.
bool is_manifest(const std::string& path)
{
    Result<std::string> head = sys::read_first_bytes(path, max_head);
    const std::size_t first = head ? head->find_first_not_of(" \t\r\n") : std::string::npos;
    return first != std::string::npos && (*head)[first] == '{' && head->find(Manifest::schema) != std::string::npos;
}

Result<bool> add_manifests_of(const std::string& path, Manifest& manifest)
{
    ALBS_TRY(std::vector<Manifest> read, cli::read_manifests(path));
    for (const Manifest& one : read)
        ALBS_CHECK(manifest.merge(one));
    return !read.empty();
}

/// False when it has none.
Result<bool> add_directory(const std::string& directory, Manifest& manifest)
{
    ALBS_TRY(std::vector<std::string> files, sys::list_tree(directory));
    bool has_some = false;
    for (const std::string& file : files)
        if (const std::string path = directory + "/" + file; path.ends_with(".json") && is_manifest(path)) {
            ALBS_TRY(bool added, add_manifests_of(path, manifest));
            has_some = has_some || added;
        }
    return has_some;
}

/// The manifests in the directory itself; false when none of them knows the digest.
Result<bool> add_knowing(const std::string& directory, const std::string& digest, Manifest& manifest)
{
    Manifest found;
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(directory));
    for (const std::string& name : names)
        if (const std::string path = directory + "/" + name;
            name.ends_with(".json") && sys::check_regular(path) && is_manifest(path))
            ALBS_CHECK(add_manifests_of(path, found));
    if (found.artifact(digest) == nullptr)
        return false;
    ALBS_CHECK(manifest.merge(found));
    return true;
}

Status add_package(const std::string& path, Published& published, Manifest& manifest)
{
    ALBS_TRY(sys::FileDigest hashed, sys::digest_file(path));
    const std::string digest = hashed.sha256.hex();
    ALBS_TRY(std::string directory, sys::absolute_path(path));
    for (int level = 0; level < max_levels && directory.size() > 1; ++level) {
        directory = sys::directory_name(directory);
        ALBS_TRY(bool knows_it, add_knowing(directory, digest, manifest));
        if (!knows_it)
            continue;
        const Artifact& artifact = *manifest.artifact(digest);
        published.packages.insert(std::string(artifact.unsigned_sha256.value_or(artifact.sha256)));
        published.directories.push_back(std::move(directory));
        return {};
    }
    return fail(
        Kind::input,
        format_text("no manifest beside '{}' or above it knows the package, which has SHA-256 {}", path, digest),
        "name the directory that has its manifest instead");
}

bool is_package(const std::string& path)
{
    Result<std::string> head = sys::read_first_bytes(path, package_magic.size());
    return head && *head == package_magic;
}

/// Digests of files that are wanted, by their sizes: nothing else is read.
using Wanted = std::map<std::int64_t, std::set<std::string>>;

/// Calls TAKE with each file that has one of these digests, once for each.
template <class Take>
Status for_each_wanted(const Published& published, Wanted wanted, std::size_t jobs, const Take& take)
{
    std::vector<std::string> candidates;
    for (const std::string& directory : published.directories) {
        ALBS_TRY(std::vector<std::string> files, sys::list_tree(directory));
        for (const std::string& file : files) {
            struct stat status {};
            std::string path = directory + "/" + file;
            if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && wanted.contains(status.st_size))
                candidates.push_back(std::move(path));
        }
    }
    std::vector<sys::FileDigest> digests(candidates.size());
    ALBS_CHECK(sys::for_each_parallel(candidates.size(), jobs, [&](std::size_t i) -> Status {
        ALBS_TRY(digests[i], sys::digest_file(candidates[i]));
        return {};
    }));
    for (std::size_t i = 0; i < candidates.size(); ++i)
        if (wanted[digests[i].size].erase(digests[i].sha256.hex()) > 0)
            ALBS_CHECK(take(candidates[i]));
    return {};
}

/// People get signed packages; roots and records have what was signed.
Status restore_unsigned(const Manifest& manifest, store::Workspace& workspace, std::size_t jobs)
{
    const std::vector<Artifact>& all = manifest.artifacts();
    ALBS_TRY(sys::TemporaryDirectory directory, sys::TemporaryDirectory::make("unsigned"));
    return sys::for_each_parallel(all.size(), jobs, [&](std::size_t i) -> Status {
        const OptionalText& built = all[i].unsigned_sha256;
        if (!built || workspace.store().has(*built) || !workspace.store().has(all[i].sha256))
            return {};
        ALBS_TRY(std::string path, workspace.store().path(all[i].sha256));
        const std::string file = directory.path() + "/" + std::string(*built);
        Result<rpm::Unsigned> restored = rpm::library().write_unsigned(path, file, *built);
        if (!restored || !restored->is_proven) // then the signed one has to do
            return {};
        ALBS_CHECK(workspace.store().put_file(file));
        return {};
    });
}

/// The packages of the locks that the manifest names and the store has; those that are neither THERE nor in the store.
Result<Wanted> packages_of_locks(const Manifest& manifest, const store::Workspace& workspace, const store::Store& there)
{
    Wanted wanted;
    for (const Artifact& artifact : manifest.artifacts()) {
        if (artifact.kind != "buildroot" || !workspace.store().has(artifact.sha256))
            continue;
        ALBS_TRY(std::string text, workspace.store().read(artifact.sha256));
        Result<buildroot::Lock> lock = buildroot::read_lock(text);
        if (!lock) // of the machine's own toolchain, or of mock
            continue;
        for (const buildroot::LockedPackage& package : lock->packages)
            if (!there.has(package.sha256) && !workspace.store().has(package.sha256))
                wanted[package.size].insert(package.sha256);
    }
    return wanted;
}

} // namespace

Result<Published> read_published(const std::vector<std::string>& operands, Manifest& manifest)
{
    Published published;
    for (const std::string& operand : operands) {
        if (operand != "-" && sys::is_directory(operand)) {
            ALBS_TRY(bool has_some, add_directory(operand, manifest));
            if (!has_some)
                return fail(Kind::input, "no manifest in '" + operand + "'",
                            "it is a file *.json that albs-build wrote");
            published.directories.push_back(operand);
        } else if (operand != "-" && sys::check_regular(operand) && is_package(operand)) {
            ALBS_CHECK(add_package(operand, published, manifest));
        } else {
            ALBS_CHECK(add_manifests_of(operand, manifest));
        }
    }
    return published;
}

Status take_published(const Published& published, const Manifest& manifest, store::Workspace& workspace,
                      std::size_t jobs)
{
    if (published.directories.empty())
        return {};
    Wanted wanted;
    for (const Artifact& artifact : manifest.artifacts())
        if (!workspace.store().has(artifact.sha256))
            wanted[artifact.size].insert(std::string(artifact.sha256));
    const auto take = [&](const std::string& path) -> Status {
        ALBS_CHECK(workspace.store().put_file(path));
        return {};
    };
    ALBS_CHECK(for_each_wanted(published, std::move(wanted), jobs, take));
    ALBS_CHECK(restore_unsigned(manifest, workspace, jobs));
    ALBS_TRY(std::string directory, workspace.directory("dnf"));
    ALBS_TRY(store::Store packages, store::Store::open(directory));
    ALBS_TRY(Wanted locked, packages_of_locks(manifest, workspace, packages));
    return for_each_wanted(published, std::move(locked), jobs, [&](const std::string& path) -> Status {
        ALBS_CHECK(packages.put_file(path));
        return {};
    });
}

} // namespace albs::build
