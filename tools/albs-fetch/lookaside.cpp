// SPDX-License-Identifier: GPL-3.0-or-later
#include "lookaside.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/format.hpp"
#include "base/url.hpp"
#include "distgit/lookaside.hpp"
#include "http/library.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/lock.hpp"
#include "sys/parallel.hpp"

namespace albs::fetch {
namespace {

constexpr long lock_wait_ms = 3600000; // another run may be downloading the same large file

/// The servers that go with well-known dist-gits, for the hint only: what is trusted is the digest, but where bytes
/// come from is the user's word.
std::string usual_lookaside(const std::string& url)
{
    for (auto [host, lookaside] :
         {std::pair{"://git.almalinux.org/", "https://sources.almalinux.org"},
          std::pair{"://src.fedoraproject.org/", "https://src.fedoraproject.org/repo/pkgs/rpms"},
          std::pair{"://gitlab.com/redhat/centos-stream/", "https://sources.stream.centos.org/sources/rpms"},
          std::pair{"://git.centos.org/", "https://git.centos.org/sources"}})
        if (url.find(host) != std::string::npos)
            return lookaside;
    return "URL";
}

std::string key_of(const distgit::Reference& reference)
{
    return std::string(algorithm_name(reference.algorithm)) + ":" + reference.hex;
}

LookasideFile record_of(const distgit::Reference& reference)
{
    LookasideFile file;
    file.path = reference.path;
    file.algorithm = algorithm_name(reference.algorithm);
    file.digest = reference.hex;
    return file;
}

class Getter {
public:
    Getter(Session& session, const LookasidePlace& place) : session_(session), place_(place) {}

    Result<LookasideFile> get(const distgit::Reference& reference)
    {
        ALBS_TRY(std::string directory, session_.workspace.directory("lookaside"));
        std::string part = format_text("{}/{}-{}", directory, algorithm_name(reference.algorithm), reference.hex);
        if (std::optional<LookasideFile> known = recall(reference))
            return std::move(*known);
        // One run downloads, the others wait for it and then find it in the store.
        ALBS_TRY(sys::Lock lock, sys::Lock::exclusive(part + ".lock", lock_wait_ms));
        if (std::optional<LookasideFile> known = recall(reference))
            return std::move(*known);
        Result<LookasideFile> got = download(reference, part + ".part");
        if (got)
            (void)::unlink((part + ".lock").c_str());
        return got;
    }

private:
    /// A file that is in the store already, checked again: by its SHA-256 and by the digest that git holds.
    std::optional<LookasideFile> recall(const distgit::Reference& reference)
    {
        std::optional<std::string> memo = session_.workspace.recall("lookaside", key_of(reference));
        if (!memo || memo->size() < 66)
            return std::nullopt;
        LookasideFile file = record_of(reference);
        file.sha256 = memo->substr(0, 64);
        file.url = memo->substr(65);
        Result<std::string> path = session_.workspace.store().path(file.sha256);
        if (!path)
            return std::nullopt;
        struct stat status{};
        Result<std::string> digest = reference.algorithm == Algorithm::sha256
                                         ? Result<std::string>(file.sha256)
                                         : sys::digest_file(*path, reference.algorithm);
        if (!digest || *digest != reference.hex || ::stat(path->c_str(), &status) != 0)
            return std::nullopt;
        file.size = status.st_size;
        return file;
    }

    std::vector<std::string> candidates(const std::string& server, const distgit::Reference& reference) const
    {
        return distgit::lookaside_urls(server, {place_.name, sys::base_name(reference.path), reference.hex,
                                                std::string(algorithm_name(reference.algorithm)), place_.branch});
    }

    Result<LookasideFile> download(const distgit::Reference& reference, const std::string& part)
    {
        if (session_.options.lookaside.empty())
            return fail(Kind::usage, "'" + reference.path + "' is not in git, and no lookaside server is named",
                        "add --lookaside " + usual_lookaside(place_.url));
        http::Options options;
        options.user_agent = "albs-fetch/" ALBS_VERSION;
        options.progress = [&](std::int64_t done, std::int64_t total) {
            session_.context.messages.progress(sys::base_name(reference.path), done, total, "bytes");
        };
        std::string tried;
        std::optional<Error> down;
        for (const std::string& server : session_.options.lookaside)
            for (const std::string& url : candidates(server, reference)) {
                auto got = http::library().download(url, part, {reference.algorithm, reference.hex}, options);
                if (got)
                    return keep(reference, url, part, *got);
                session_.context.messages.detail(got.error().message);
                tried += (tried.empty() ? "" : ", ") + without_userinfo(url);
                if (got.error().kind == Kind::input)
                    continue; // not here; the next may have it
                if (got.error().kind != Kind::temporary)
                    return fail(std::move(got).error(), "file '" + reference.path + "'");
                down = down ? down : std::optional<Error>(std::move(got).error());
                break; // of this server no more
            }
        if (down)
            return fail(std::move(*down), "file '" + reference.path + "'");
        (void)::unlink(part.c_str());
        return fail(Kind::input, format_text("no lookaside server has '{}' ({})", reference.path, key_of(reference)),
                    tried.empty() ? "the URL wants a {branch}, and the source is no branch" : "tried " + tried);
    }

    Result<LookasideFile> keep(const distgit::Reference& reference, const std::string& url, const std::string& part,
                               const http::DownloadResult& got)
    {
        ALBS_CHECK(session_.workspace.store().adopt_file(part, {got.sha256, got.size}));
        LookasideFile file = record_of(reference);
        file.sha256 = got.sha256.hex();
        file.size = got.size;
        file.url = without_userinfo(url);
        ALBS_CHECK(session_.workspace.remember("lookaside", key_of(reference), file.sha256 + " " + file.url));
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
    struct stat status{};
    if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
        return fail(Kind::input, "'" + reference.path + "' is listed as a file of the lookaside, and is no plain file");
    ALBS_TRY(std::string digest, sys::digest_file(path, reference.algorithm));
    if (digest != reference.hex)
        return fail(Kind::trust, format_text("'{}' is not what its digest says: wanted {}, got {}", reference.path,
                                             key_of(reference), digest));
    ALBS_TRY(sys::FileDigest own, sys::digest_file(path));
    LookasideFile file = record_of(reference);
    file.sha256 = own.sha256.hex();
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
