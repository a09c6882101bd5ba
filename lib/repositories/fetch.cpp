// SPDX-License-Identifier: GPL-3.0-or-later
#include "repositories/fetch.hpp"

#include <algorithm>
#include <atomic>
#include <optional>
#include <unistd.h>

#include "base/digest.hpp"
#include "base/format.hpp"
#include "http/library.hpp"
#include "repositories/garbage.hpp"
#include "rpm/library.hpp"
#include "sys/file.hpp"
#include "sys/file_lock.hpp"
#include "sys/hash_file.hpp"
#include "sys/parallel.hpp"

namespace albs::repositories {
namespace {

/// A file that is longer than it should be is told from the right one by its digest; but nobody fills the disk with it.
constexpr std::int64_t slack = 1 << 20;

/// The MD5 of an RPM's header and payload, RPMTAG_SIGMD5.
Result<std::string> content_md5(const std::string& path)
{
    ALBS_TRY(rpm::Layout layout, rpm::read_layout(path));
    ALBS_TRY(std::string bytes, sys::read_file(path));
    Hasher hasher(Algorithm::md5);
    hasher.update(std::string_view(bytes).substr(static_cast<std::size_t>(layout.header)));
    return hasher.finish_hex();
}

class Fetcher {
public:
    Fetcher(const store::Workspace& workspace, store::Store store, std::string partial, const FetchOptions& options)
        : workspace_(workspace), store_(std::move(store)), partial_(std::move(partial)), options_(options)
    {
    }

    Result<FetchedPackage> get(const PackageRequest& wanted)
    {
        FetchedPackage fetched;
        ALBS_TRY(fetched.sha256, find(wanted));
        fetched.path = path_of(fetched.sha256);
        ALBS_TRY(sys::FileDigest known, size_of(fetched.path));
        fetched.size = known.size;
        mark_used(fetched.path);
        auto info = rpm::library().read_info(fetched.path);
        if (!info)
            return fail(Kind::trust, info.error().message);
        fetched.info = *std::move(info);
        if (fetched.info.nevra != wanted.nevra)
            return fail(Kind::trust, "the package is '" + fetched.info.nevra + "'");
        if (!wanted.header.empty() && fetched.info.header_sha256 != wanted.header)
            return fail(Kind::trust, "its header has SHA-256 " + fetched.info.header_sha256 + ", not " + wanted.header);
        if (!wanted.md5.empty()) {
            ALBS_TRY(std::string md5, content_md5(fetched.path));
            if (md5 != wanted.md5)
                return fail(Kind::trust,
                            "it is another package than the record names: its MD5 is " + md5 + ", not " + wanted.md5);
        }
        if (!wanted.gpgkey.empty())
            ALBS_CHECK(check_signature(wanted, fetched));
        return fetched;
    }

private:
    static Result<sys::FileDigest> size_of(const std::string& path)
    {
        sys::FileDigest digest;
        ALBS_TRY(rpm::Layout layout, rpm::read_layout(path));
        digest.size = layout.size;
        return digest;
    }

    std::string path_of(const std::string& sha256) const
    {
        return format_text("{}/dnf/sha256/{}/{}", workspace_.path(), sha256.substr(0, 2), sha256);
    }

    /// The digest of the package's bytes, which were verified and are in the store.
    Result<std::string> find(const PackageRequest& wanted)
    {
        std::string known = wanted.algorithm == "sha256" ? wanted.checksum : "";
        // A checksum of another kind led to these bytes earlier.
        std::string memo = known.empty() ? wanted.algorithm + ":" + wanted.checksum + wanted.md5 : "";
        if (known.empty())
            known = workspace_.recall("package-digests", memo).value_or("");
        if (!known.empty() && store_.has(known)) {
            if (store_.path(known))
                return known;
            // The cache is damaged. That says nothing about the repository: the object is removed and fetched again.
            if (!options_.offline)
                (void)::unlink(path_of(known).c_str());
        }
        ALBS_TRY(known, download(wanted));
        if (!memo.empty())
            ALBS_CHECK(workspace_.remember("package-digests", memo, known));
        return known;
    }

    Result<std::string> download(const PackageRequest& wanted)
    {
        if (options_.offline)
            return fail(Kind::temporary, "it is not in the workspace", "run it once without --offline");
        if (wanted.urls.empty())
            return fail(Kind::temporary, "it is not in the workspace, and no repository has it");
        const std::string& name = wanted.checksum.empty() ? wanted.md5 : wanted.checksum;
        const std::string path = partial_ + "/" + (name.empty() ? sha256(wanted.nevra).hex() : name);
        Error first;
        for (const std::string& url : wanted.urls) {
            auto done = attempt(wanted, url, path);
            if (done)
                return done;
            if (first.message.empty() || (done.error().kind == Kind::trust && first.kind != Kind::trust))
                first = std::move(done).error();
        }
        // None of the mirrors has it today: that is no defect of what was asked for.
        if (first.kind == Kind::input)
            first.kind = Kind::temporary;
        return tl::unexpected<Error>(std::move(first));
    }

    Result<std::string> attempt(const PackageRequest& wanted, const std::string& url, const std::string& path)
    {
        http::Options transfer;
        transfer.access = wanted.access;
        transfer.attempts = wanted.urls.size() > 1 ? 2 : 4;
        if (wanted.size > 0)
            transfer.size_limit = wanted.size + slack;
        ALBS_TRY(Algorithm algorithm, parse_algorithm(wanted.algorithm));
        if (!wanted.checksum.empty() && (algorithm == Algorithm::md5))
            return fail(Kind::trust, "its checksum is an MD5, which vouches for nothing");
        ALBS_TRY(http::DownloadResult got, http::library().download(url, path, {algorithm, wanted.checksum}, transfer));
        if (wanted.checksum.empty()) {
            auto md5 = content_md5(path);
            if (!md5 || *md5 != wanted.md5) {
                (void)::unlink(path.c_str());
                return fail(Kind::trust, "'" + url + "' is another package than the record names: its MD5 is " +
                                             (md5 ? *md5 : "none"));
            }
        }
        ALBS_CHECK(store_.adopt_file(path, {got.sha256, got.size}));
        return got.sha256.hex();
    }

    Status check_signature(const PackageRequest& wanted, const FetchedPackage& fetched)
    {
        ALBS_TRY(sys::FileDigest key, sys::digest_file(wanted.gpgkey));
        const std::string memo = fetched.sha256 + " " + key.sha256.hex();
        if (workspace_.recall("package-signatures", memo))
            return {};
        ALBS_TRY(rpm::Keyring keys, rpm::library().read_keyring(wanted.gpgkey));
        ALBS_TRY(rpm::Verdict verdict, rpm::library().verify_signature(fetched.path, keys));
        if (!verdict.good)
            return fail(Kind::trust, "its signature is not good: " + verdict.reason);
        return workspace_.remember("package-signatures", memo, verdict.key());
    }

    const store::Workspace& workspace_;
    store::Store store_;
    std::string partial_;
    const FetchOptions& options_;
};

/// Every place below the repositories where the path may be, those of the named one first.
std::vector<std::string> places(const std::vector<SyncedRepository>& repositories, const std::string& name,
                                const std::string& path)
{
    std::vector<std::string> urls;
    for (bool first : {true, false})
        for (const SyncedRepository& one : repositories)
            if ((one.repository.name == name) == first)
                for (const std::string& base : one.bases)
                    urls.push_back(join_url(base, path));
    return urls;
}

/// The key that vouches for packages of the repository of that name, and how its servers are asked.
void take_manners(PackageRequest& wanted, const std::vector<SyncedRepository>& repositories, const std::string& name)
{
    for (const SyncedRepository& one : repositories)
        if (one.repository.name == name) {
            wanted.gpgkey = one.repository.check_packages ? one.repository.gpgkey : "";
            wanted.access = one.repository.access;
            return;
        }
}

} // namespace

std::vector<bool> are_there(const std::vector<PackageRequest>& wanted, const std::string& workspace)
{
    std::vector<bool> list;
    for (const PackageRequest& one : wanted)
        list.push_back(
            one.algorithm == "sha256" && one.checksum.size() == 64 &&
            sys::exists(format_text("{}/dnf/sha256/{}/{}", workspace, one.checksum.substr(0, 2), one.checksum)));
    return list;
}

std::vector<PackageRequest> wanted_of(const RootSolution& answer, const std::vector<SyncedRepository>& repositories)
{
    std::vector<PackageRequest> list;
    for (const solve::Description& package : answer.packages) {
        PackageRequest wanted{.nevra = package.nevra,
                              .algorithm = package.checksum_algorithm,
                              .checksum = package.checksum,
                              .size = package.size,
                              .urls = {}};
        take_manners(wanted, repositories, package.repository);
        for (const SyncedRepository& one : repositories)
            if (one.repository.name == package.repository) {
                if (!package.base.empty())
                    wanted.urls.push_back(join_url(package.base, package.location));
                for (const std::string& base : one.bases)
                    wanted.urls.push_back(join_url(base, package.location));
            }
        list.push_back(std::move(wanted));
    }
    return list;
}

std::vector<PackageRequest> wanted_of(const buildroot::Lock& lock, const std::vector<SyncedRepository>& repositories)
{
    std::vector<PackageRequest> list;
    for (const buildroot::LockedPackage& package : lock.packages) {
        PackageRequest wanted{.nevra = package.nevra, .checksum = package.sha256, .size = package.size, .urls = {}};
        wanted.header = package.header.value_or("");
        if (package.path)
            wanted.urls = places(repositories, package.repository.value_or(""), *package.path);
        // The digest vouches for the bytes; the key does where the repository is the one they came from.
        take_manners(wanted, repositories, package.repository.value_or(""));
        list.push_back(std::move(wanted));
    }
    return list;
}

Result<std::vector<FetchedPackage>> fetch(const std::vector<PackageRequest>& wanted, const store::Workspace& workspace,
                                          const FetchOptions& options)
{
    ALBS_CHECK(rpm::library().initialize());
    ALBS_TRY(std::string directory, workspace.directory("dnf"));
    ALBS_TRY(store::Store store, store::Store::open(directory));
    ALBS_CHECK(sys::make_directories(directory + "/partial"));
    // Two runs must not write to the same partial file.
    std::vector<bool> there = are_there(wanted, workspace.path());
    std::optional<sys::FileLock> lock;
    if (!options.offline && std::find(there.begin(), there.end(), false) != there.end()) {
        ALBS_TRY(lock, sys::FileLock::exclusive(directory + "/lock", 3600000));
    }
    Fetcher fetcher(workspace, std::move(store), directory + "/partial", options);
    std::vector<FetchedPackage> all(wanted.size());
    std::atomic<std::int64_t> done = 0;
    ALBS_CHECK(sys::for_each_parallel(wanted.size(), options.jobs, [&](std::size_t i) -> Status {
        auto one = fetcher.get(wanted[i]);
        if (!one)
            return fail(std::move(one).error(), "package '" + wanted[i].nevra + "'");
        all[i] = *std::move(one);
        options.progress(++done, static_cast<std::int64_t>(wanted.size()));
        return {};
    }));
    return all;
}

} // namespace albs::repositories
