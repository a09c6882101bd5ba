// SPDX-License-Identifier: GPL-3.0-or-later
#include "read_packages.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <sys/stat.h>

#include "base/digest.hpp"
#include "base/format.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/parallel.hpp"
#include "sys/readable.hpp"

namespace albs::sbom {
namespace {

constexpr std::uint32_t ghost_flag = 1U << 6; // RPMFILE_GHOST: not in the package

std::vector<Capability> capabilities_of(const std::vector<rpm::Dependency>& dependencies)
{
    std::vector<Capability> out;
    out.reserve(dependencies.size());
    for (const rpm::Dependency& one : dependencies)
        out.push_back({valid_text(one.name), one.flags, valid_text(one.version), valid_text(one.text())});
    return out;
}

std::vector<FileEntry> files_of(const rpm::Package& package)
{
    std::vector<FileEntry> files;
    for (const rpm::File& file : package.files) {
        if (S_ISDIR(file.mode) || (file.flags & ghost_flag) != 0)
            continue;
        FileEntry entry{.path = valid_text(file.path), .hash = {}, .link_to = valid_text(file.link_to)};
        if (!file.digest.empty())
            entry.hash = Hash{package.file_digest_algorithm, file.digest};
        files.push_back(std::move(entry));
    }
    return files;
}

RpmInfo valid_info(RpmInfo info)
{
    for (JsonText* text : {&info.name, &info.version, &info.release, &info.arch, &info.nevra})
        *text = valid_text(*text);
    if (info.sourcerpm)
        info.sourcerpm = valid_text(*info.sourcerpm);
    return info;
}

HeaderText valid_texts(HeaderText header)
{
    for (std::string* text : {&header.summary, &header.description, &header.license, &header.url, &header.vendor,
                              &header.packager, &header.build_host})
        *text = valid_text(*text);
    return header;
}

Header header_of(const rpm::Package& package)
{
    Header header{valid_texts(package),           valid_info(package.info), capabilities_of(package.provides),
                  capabilities_of(package.needs), files_of(package),        {}};
    for (const std::string& patch : package.patches)
        header.patches.push_back(valid_text(patch));
    return header;
}

// Who signed the file, as its signatures say; albs-sign verify proves them.
Result<std::vector<std::string>> keys_of(const std::string& path)
{
    ALBS_TRY(std::vector<rpm::PackageSignature> signatures, rpm::library().read_signatures(path));
    std::vector<std::string> keys;
    for (const rpm::PackageSignature& signature : signatures)
        keys.push_back(signature.info.issuer.empty() ? "unknown" : signature.info.issuer);
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

// The manifest and the file must say the same of the package.
Status check_same(const Artifact& artifact, const RpmInfo& info)
{
    if (!artifact.rpm)
        return {};
    if (artifact.rpm->nevra != info.nevra || artifact.rpm->header_sha256 != info.header_sha256)
        return fail(Kind::trust, format_text("'{}': the manifest says {} with header {}, the file is {} with header {}",
                                             artifact.name, artifact.rpm->nevra, artifact.rpm->header_sha256,
                                             info.nevra, info.header_sha256));
    return {};
}

} // namespace

bool is_rpm(const std::string& path)
{
    Result<sys::Fd> file = sys::open_regular(path); // of a pipe, these bytes would be gone
    constexpr std::array<unsigned char, 4> magic{0xed, 0xab, 0xee, 0xdb};
    std::array<unsigned char, 4> start{};
    return file && ::read(file->get(), start.data(), start.size()) == static_cast<ssize_t>(start.size()) &&
           start == magic;
}

Result<std::vector<std::string>> packages_below(const std::string& directory)
{
    constexpr std::string_view suffix = ".rpm";
    ALBS_TRY(std::vector<std::string> names, sys::list_tree(directory));
    std::vector<std::string> paths;
    for (const std::string& name : names)
        if (name.size() > suffix.size() && name.substr(name.size() - suffix.size()) == suffix)
            paths.push_back(directory + "/" + name);
    return paths;
}

Result<Package> examine(const std::string& path)
{
    ALBS_TRY(rpm::Package read, rpm::library().read_package(path));
    const std::array algorithms{Algorithm::sha256, Algorithm::sha512};
    ALBS_TRY(std::vector<std::string> digests, sys::digest_file(path, algorithms));
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return sys::system_error("cannot read", path);
    Package package;
    package.header = header_of(read);
    package.artifact = Artifact{.sha256 = digests[0],
                                .size = status.st_size,
                                .name = valid_text(sys::base_name(path)),
                                .kind = read.info.arch == "src" ? "srpm" : "rpm",
                                .rpm = package.header->info,
                                .unsigned_sha256 = {}};
    package.sha512 = digests[1];
    ALBS_TRY(package.keys, keys_of(path));
    return package;
}

Result<std::vector<Package>> examine_all(cli::Context& context, const std::vector<std::string>& paths)
{
    std::vector<Package> packages(paths.size());
    std::mutex mutex;
    std::int64_t done = 0;
    Status all = sys::for_each_parallel(paths.size(), context.jobs(), [&](std::size_t i) -> Status {
        ALBS_TRY(packages[i], examine(paths[i]));
        ALBS_CHECK(rpm::check_payload(paths[i], *packages[i].artifact.rpm));
        std::lock_guard lock(mutex);
        context.messages.progress("packages", ++done, static_cast<std::int64_t>(paths.size()));
        return {};
    });
    ALBS_CHECK(std::move(all));
    return packages;
}

bool has_store(const cli::Context& context)
{
    return sys::exists(context.workspace_path() + "/store/sha256");
}

Result<Package> from_store(cli::Context& context, const Artifact& artifact)
{
    Package package{.artifact = artifact, .header = {}, .sha512 = {}, .keys = {}};
    if (!has_store(context))
        return package;
    ALBS_TRY(store::Workspace * workspace, context.workspace());
    if (!workspace->store().has(artifact.sha256))
        return package;
    ALBS_TRY(store::Store::Object object, workspace->store().path(artifact.sha256, Algorithm::sha512));
    ALBS_TRY(rpm::Package read, rpm::library().read_package(object.path));
    ALBS_CHECK(check_same(artifact, read.info));
    package.header = header_of(read);
    package.sha512 = object.digest;
    ALBS_TRY(package.keys, keys_of(object.path));
    return package;
}

bool satisfies(const Capability& provides, const Capability& needs)
{
    return rpm::library().satisfies({provides.name, provides.flags, provides.version},
                                    {needs.name, needs.flags, needs.version});
}

} // namespace albs::sbom
