// SPDX-License-Identifier: GPL-3.0-or-later
#include "lookaside.hpp"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/format.hpp"
#include "base/url.hpp"
#include "distgit/lookaside.hpp"
#include "http/library.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/file_lock.hpp"
#include "sys/hash_file.hpp"
#include "sys/parallel.hpp"

namespace albs::fetch {
namespace {

constexpr long lock_wait_ms = 3600000; // another run may be downloading the same large file

std::string key_of(const distgit::ListedDigest& digest)
{
    return std::string(algorithm_name(digest.algorithm)) + ":" + digest.hex;
}

LookasideFile record_of(const distgit::Reference& reference)
{
    LookasideFile file;
    file.path = reference.path;
    file.algorithm = algorithm_name(reference.digests.front().algorithm);
    file.digest = reference.digests.front().hex;
    return file;
}

/// Every digest that is listed holds for the file. Kind::trust, with both, for one that does not.
Status check_digests(const distgit::Reference& reference, const std::string& path, const std::string& sha256)
{
    for (const distgit::ListedDigest& listed : reference.digests) {
        Result<std::string> digest = listed.algorithm == Algorithm::sha256 ? Result<std::string>(sha256)
                                                                           : sys::digest_file(path, listed.algorithm);
        if (!digest)
            return tl::unexpected(std::move(digest).error());
        if (*digest != listed.hex)
            return fail(Kind::trust, format_text("'{}' is not what {} says: wanted {}, got {}", reference.path,
                                                 listed.where, key_of(listed), *digest));
    }
    return {};
}

class Getter {
public:
    Getter(Session& session, const LookasidePlace& place) : session_(session), place_(place) {}

    Result<LookasideFile> get(const distgit::Reference& reference)
    {
        ALBS_TRY(std::string directory, session_.workspace.directory("lookaside"));
        const distgit::ListedDigest& first = reference.digests.front();
        std::string part = format_text("{}/{}-{}", directory, algorithm_name(first.algorithm), first.hex);
        if (std::optional<LookasideFile> known = recall(reference))
            return checked(reference, std::move(*known));
        // One run downloads, the others wait for it and then find it in the store.
        ALBS_TRY(sys::FileLock lock, sys::FileLock::exclusive(part + ".lock", lock_wait_ms));
        if (std::optional<LookasideFile> known = recall(reference))
            return checked(reference, std::move(*known));
        ALBS_TRY(LookasideFile got, download(reference, part + ".part"));
        (void)::unlink((part + ".lock").c_str());
        return checked(reference, std::move(got));
    }

private:
    /// Lists may contradict each other: what one of them says was looked for, the others say what else must hold.
    Result<LookasideFile> checked(const distgit::Reference& reference, LookasideFile file)
    {
        ALBS_TRY(std::string path, session_.workspace.store().path(file.sha256));
        ALBS_CHECK(check_digests(reference, path, file.sha256));
        return file;
    }

    /// A file that is in the store already, and is what the first digest says.
    std::optional<LookasideFile> recall(const distgit::Reference& reference)
    {
        const distgit::ListedDigest& first = reference.digests.front();
        std::optional<std::string> memo = session_.workspace.recall("lookaside", key_of(first));
        if (!memo || memo->size() < 66)
            return std::nullopt;
        LookasideFile file = record_of(reference);
        file.sha256 = memo->substr(0, 64);
        file.url = memo->substr(65);
        Result<std::string> path = session_.workspace.store().path(file.sha256);
        struct stat status {};
        if (!path || !check_digests({reference.path, {first}}, *path, file.sha256) ||
            ::stat(path->c_str(), &status) != 0)
            return std::nullopt;
        file.size = status.st_size;
        return file;
    }

    /// Where the file may be, server by server.
    std::vector<std::vector<std::string>> places(const distgit::Reference& reference) const
    {
        std::vector<std::vector<std::string>> all;
        for (const std::string& server : session_.options.lookaside)
            all.push_back(candidates(distgit::named_lookaside(server), reference));
        if (!place_.cache.empty())
            all.push_back(candidates(place_.cache, reference));
        for (const LookasideFile& file : place_.recorded)
            if (file.path == reference.path && !file.url.empty())
                all.push_back({file.url});
        return all;
    }

    /// Where a server may have the file: by any of its digests.
    std::vector<std::string> candidates(const std::string& server, const distgit::Reference& reference) const
    {
        std::vector<std::string> all;
        for (const distgit::ListedDigest& listed : reference.digests)
            for (std::string& url :
                 distgit::lookaside_urls(server, {place_.name, sys::base_name(reference.path), listed.hex,
                                                  std::string(algorithm_name(listed.algorithm)), place_.branch}))
                if (std::find(all.begin(), all.end(), url) == all.end())
                    all.push_back(std::move(url));
        return all;
    }

    Result<LookasideFile> download(const distgit::Reference& reference, const std::string& part)
    {
        std::vector<std::vector<std::string>> servers = places(reference);
        if (servers.empty())
            return fail(Kind::usage,
                        format_text("'{}' is not in git, only its digest in {}, and no lookaside server is named",
                                    reference.path, reference.digests.front().where),
                        "add --lookaside " + distgit::lookaside_of(place_.url));
        http::Options options;
        options.user_agent = "albs-fetch/" ALBS_VERSION;
        options.progress = [&](std::int64_t done, std::int64_t total) {
            session_.context.messages.progress(sys::base_name(reference.path), done, total, "bytes");
        };
        const distgit::ListedDigest& first = reference.digests.front();
        std::string tried;
        std::optional<Error> down;
        std::vector<Error> false_bytes;
        for (const std::vector<std::string>& server : servers)
            for (const std::string& url : server) {
                auto got = http::library().download(url, part, {first.algorithm, first.hex}, options);
                if (got) {
                    tell(false_bytes, reference);
                    return keep(reference, url, part, *got);
                }
                session_.context.messages.detail(got.error().message);
                tried += (tried.empty() ? "" : ", ") + without_userinfo(url);
                if (got.error().kind == Kind::input)
                    continue;                          // not here; the next may have it
                if (got.error().kind == Kind::trust) { // a login page, say; the next may have the file
                    false_bytes.push_back(std::move(got).error());
                    continue;
                }
                if (got.error().kind != Kind::temporary)
                    return fail(std::move(got).error(), "file '" + reference.path + "'");
                down = down ? down : std::optional<Error>(std::move(got).error());
                break; // of this server no more
            }
        if (!false_bytes.empty() && !down) {
            Error last = std::move(false_bytes.back());
            false_bytes.pop_back();
            tell(false_bytes, reference);
            last.hint = "name a server that has the file of this digest with --lookaside";
            return fail(std::move(last), "file '" + reference.path + "'");
        }
        tell(false_bytes, reference);
        if (down)
            return fail(std::move(*down), "file '" + reference.path + "'");
        (void)::unlink(part.c_str());
        return fail(Kind::input, format_text("no lookaside server has '{}' ({})", reference.path, key_of(first)),
                    tried.empty() ? "the URL wants a {branch}, and the source is no branch"
                                  : "name a server that has it with --lookaside; tried " + tried);
    }

    void tell(const std::vector<Error>& false_bytes, const distgit::Reference& reference) const
    {
        for (const Error& error : false_bytes)
            session_.context.messages.warning(error.message, reference.path);
    }

    Result<LookasideFile> keep(const distgit::Reference& reference, const std::string& url, const std::string& part,
                               const http::DownloadResult& got)
    {
        ALBS_CHECK(session_.workspace.store().adopt_file(part, {got.sha256, got.size}));
        LookasideFile file = record_of(reference);
        file.sha256 = got.sha256.hex();
        file.size = got.size;
        file.url = without_userinfo(url);
        ALBS_CHECK(
            session_.workspace.remember("lookaside", key_of(reference.digests.front()), file.sha256 + " " + file.url));
        session_.context.messages.detail("got '" + file.path + "' from " + file.url);
        return file;
    }

    Session& session_;
    const LookasidePlace& place_;
};

Status set_times(const std::string& path, std::int64_t time)
{
    timespec stamp{.tv_sec = static_cast<time_t>(time), .tv_nsec = 0};
    const timespec times[2] = {stamp, stamp};
    if (::chmod(path.c_str(), 0644) != 0 || ::utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW) != 0)
        return sys::system_error("cannot set the times of", path);
    return {};
}

/// A file that stands in git although git also lists it: fine if it is the very file.
Result<LookasideFile> from_checkout(const distgit::Reference& reference, const std::string& path)
{
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
        return fail(Kind::input, "'" + reference.path + "' is listed as a file of the lookaside, and is no plain file");
    ALBS_TRY(sys::FileDigest own, sys::digest_file(path));
    LookasideFile file = record_of(reference);
    file.sha256 = own.sha256.hex();
    ALBS_CHECK(check_digests(reference, path, file.sha256));
    file.size = own.size;
    return file;
}

} // namespace

Result<std::vector<LookasideFile>> get_lookaside(Session& session, const LookasidePlace& place,
                                                 const std::string& checkout,
                                                 const std::vector<distgit::Reference>& references, std::int64_t time)
{
    std::vector<LookasideFile> files(references.size());
    Getter getter(session, place);
    ALBS_CHECK(sys::for_each_parallel(references.size(), session.jobs_per_source, [&](std::size_t i) -> Status {
        std::string path = checkout + "/" + references[i].path;
        if (sys::exists(path)) {
            ALBS_TRY(files[i], from_checkout(references[i], path));
            return {};
        }
        ALBS_TRY(files[i], getter.get(references[i]));
        return {};
    }));
    for (const LookasideFile& file : files) {
        std::string path = checkout + "/" + file.path;
        if (sys::exists(path))
            continue;
        ALBS_CHECK(distgit::prepare_parent(checkout, file.path));
        ALBS_TRY(std::string object, session.workspace.store().path(file.sha256));
        ALBS_CHECK(sys::copy_file(object, path));
        ALBS_CHECK(set_times(path, time));
    }
    return files;
}

} // namespace albs::fetch
