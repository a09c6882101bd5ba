// SPDX-License-Identifier: GPL-3.0-or-later
#include "plain_file.hpp"

#include "rpm/library.hpp"
#include "sys/file.hpp"
#include "sys/first_bytes.hpp"
#include "sys/hash_file.hpp"

namespace albs::sign {
namespace {

/// It starts as JSON does.
bool is_manifest(const std::string& path)
{
    auto first = sys::read_first_bytes(path, 64);
    if (!first)
        return false;
    const std::size_t at = first->find_first_not_of(" \t\r\n");
    return at != std::string::npos && (*first)[at] == '{';
}

} // namespace

Status check_is_no_manifest(const std::string& path, const std::string& hint)
{
    if (is_manifest(path))
        return fail(Kind::input, "'" + path + "' is a manifest, where a package is wanted", hint);
    return {};
}

Result<UnsignedPackage> describe_file(const std::string& path)
{
    auto package = rpm::library().read_package(path);
    if (!package) {
        ALBS_CHECK(check_is_no_manifest(path, "albs-sign without 'sign' signs the packages of a manifest"));
        Error error = std::move(package).error();
        error.kind = Kind::input; // a file that cannot be read is a bad operand, not a broken machine
        return tl::unexpected(std::move(error));
    }
    ALBS_TRY(sys::FileDigest digest, sys::digest_file(path));
    UnsignedPackage found;
    found.artifact = Artifact{.sha256 = digest.sha256.hex(),
                              .size = digest.size,
                              .name = sys::base_name(path),
                              .kind = package->info.arch == "src" ? "srpm" : "rpm",
                              .rpm = package->info,
                              .unsigned_sha256 = {}};
    found.built = package->build_time;
    return found;
}

Result<std::vector<std::string>> package_files(const std::string& path)
{
    if (!sys::is_directory(path))
        return std::vector<std::string>{path};
    auto all = sys::list_tree(path);
    if (!all)
        return tl::unexpected(std::move(all).error());
    std::vector<std::string> found;
    for (const std::string& file : *all)
        if (file.ends_with(".rpm"))
            found.push_back(path + (path.ends_with('/') ? "" : "/") + file);
    if (found.empty())
        return fail(Kind::input, "'" + path + "' has no package");
    return found;
}

} // namespace albs::sign
