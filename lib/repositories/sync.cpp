// SPDX-License-Identifier: GPL-3.0-or-later
#include "repositories/sync.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/format.hpp"
#include "base/url.hpp"
#include "gpg/verify_detached.hpp"
#include "http/library.hpp"
#include "repositories/cache.hpp"
#include "repositories/garbage.hpp"
#include "solve/library.hpp"
#include "sys/file.hpp"
#include "sys/file_lock.hpp"
#include "sys/hash_file.hpp"
#include "sys/parallel.hpp"

namespace albs::repositories {
namespace {

http::Options transfer_options(const Repository& repository, const std::vector<std::string>& bases)
{
    http::Options options;
    options.access = repository.access;
    options.attempts = bases.size() > 1 ? 1 : 4; // another mirror is better than another try
    options.stall_seconds = bases.size() > 1 ? 15 : 60;
    options.connect_timeout_ms = bases.size() > 1 ? 10000 : 30000;
    return options;
}

bool is_older(const std::string& revision, const std::string& than)
{
    auto is_number = [](const std::string& text) {
        return !text.empty() && text.size() < 18 && text.find_first_not_of("0123456789") == text.npos;
    };
    return is_number(revision) && is_number(than) && std::stoll(revision) < std::stoll(than);
}

/// libsolv reads zchunk on few distributions only, so nobody's metadata is read from it. Mostly it is there besides.
Status check_compression(const SyncedRepository& synced)
{
    const solve::Pool::NamedFile* primary = synced.find("primary");
    if (primary == nullptr ? synced.find("primary_zck") == nullptr : !primary->path.ends_with(".zck"))
        return {};
    return fail(Kind::input, "its metadata is there as zchunk only, which cannot be read here",
                "createrepo_c --zck writes the plain files, too: publish them; gzip, bzip2, xz and zstd are read");
}

/// The search for a good state of one repository.
class Search {
public:
    Search(const Repository& repository, const Settings& settings, std::string directory)
        : repository_(repository), settings_(settings), directory_(std::move(directory))
    {
        known_ = read_cached(directory_);
    }

    Result<SyncedRepository> run()
    {
        if (checks_signature()) {
            ALBS_TRY(sys::FileDigest digest, sys::digest_file(repository_.gpgkey));
            key_digest_ = digest.sha256.hex();
            if (known_ && known_->key_digest != key_digest_)
                known_.reset(); // checked with another key, or never
        }
        if (settings_.offline)
            return from_workspace();
        ALBS_TRY(mirrors_, find_mirrors(repository_, settings_));
        for (bool strict : {true, false})
            for (const std::string& base : mirrors_.bases) {
                auto found = look_at(base, strict);
                if (found)
                    return found;
                complain(base, std::move(found).error());
                if (!strict && fatal_)
                    break;
            }
        return tl::unexpected<Error>(*fatal_);
    }

private:
    bool checks_signature() const { return !repository_.gpgkey.empty() && repository_.check_metadata; }
    std::string who() const { return "repository '" + repository_.name + "'"; }

    void complain(const std::string& base, Error error)
    {
        std::string text = format_text("{}, '{}': {}", who(), without_userinfo(base), error.message);
        if (std::find(said_.begin(), said_.end(), text) == said_.end() && mirrors_.bases.size() > 1)
            settings_.warn(text);
        said_.push_back(std::move(text));
        // Among all failures, one of trust must be reported even if servers are down too.
        if (!fatal_ || (error.kind == Kind::trust && fatal_->kind != Kind::trust)) {
            error.message = who() + ": " + error.message;
            fatal_ = std::move(error);
        }
    }

    Result<SyncedRepository> from_workspace()
    {
        if (!known_)
            return fail(Kind::temporary, who() + " is not in the workspace", "run it once without --offline");
        mirrors_.bases = repository_.urls;
        return complete(known_->base, *known_, {});
    }

    /// With strict: the newest state that is known of, and no older one than was seen here before.
    Result<SyncedRepository> look_at(const std::string& base, bool strict)
    {
        const http::Options options = transfer_options(repository_, mirrors_.bases);
        const bool same_place = known_ && known_->base == base;
        ALBS_TRY(http::Fresh fresh,
                 http::library().get_if_changed(join_url(base, "repodata/repomd.xml"),
                                                same_place ? known_->validators : http::Validators{}, options));
        CachedRepository now;
        if (known_)
            now = *known_;
        std::string digest = fresh.changed ? sha256(fresh.body).hex() : known_->state.repomd;
        ALBS_CHECK(check_version(digest, strict));
        now.base = base;
        now.validators = fresh.validators;
        if (known_ && digest == known_->state.repomd) {
            ALBS_CHECK(check_revision(known_->state.revision, strict));
            return complete(base, now, {});
        }
        now.state = {repository_.name, "", digest, std::nullopt};
        now.key_digest = key_digest_;
        if (checks_signature()) {
            ALBS_TRY(now.state.key, verify(base, fresh.body, options));
        }
        const std::string path = directory_ + "/repomd.xml.new";
        ALBS_CHECK(sys::write_file(path, fresh.body));
        ALBS_TRY(solve::Pool::Index index, solve::library().read_index(path));
        now.state.revision = index.revision;
        ALBS_CHECK(check_revision(index.revision, strict));
        if (!known_ || !is_older(index.revision, known_->newest))
            now.newest = index.revision;
        return complete(base, now, path);
    }

    /// An older state that was accepted once stays an older one.
    Status check_revision(const std::string& revision, bool strict) const
    {
        if (!known_ || !is_older(revision, known_->newest))
            return {};
        std::string behind = format_text("it is behind: its revision is {}, and {} was seen", revision, known_->newest);
        if (strict || settings_.no_rollback)
            return fail(Kind::temporary, behind);
        settings_.warn(who() + ": " + behind);
        return {};
    }

    Status check_version(const std::string& digest, bool strict) const
    {
        const auto& good = mirrors_.versions;
        auto at = std::find(good.begin(), good.end(), digest);
        if (good.empty() || at == good.begin())
            return {};
        if (at == good.end())
            return fail(Kind::trust, "repomd.xml is not what the metalink says: SHA-256 is " + digest);
        return strict ? Status(fail(Kind::temporary, "it is behind: the metalink knows a newer repomd.xml")) : Status();
    }

    Result<std::string> verify(const std::string& base, const std::string& text, const http::Options& options) const
    {
        auto signature = http::library().get_if_changed(join_url(base, "repodata/repomd.xml.asc"), {}, options);
        if (!signature && signature.error().kind == Kind::input)
            return fail(Kind::trust, "repomd.xml is not signed: " + signature.error().message);
        if (!signature)
            return tl::unexpected<Error>(std::move(signature).error());
        ALBS_TRY(gpg::Keyring keys, gpg::Keyring::load(repository_.gpgkey));
        ALBS_TRY(SourceSignature verdict, keys.verify(signature->body, text));
        if (verdict.status != "good")
            return fail(Kind::trust, "the signature of repomd.xml is not good (" + verdict.status + ")");
        return verdict.key.value_or("");
    }

    /// Fetches what no solve can do without, and only then makes the state the known one.
    Result<SyncedRepository> complete(const std::string& base, const CachedRepository& now, const std::string& fresh)
    {
        SyncedRepository synced{repository_, directory_, {base}, now.state, {}};
        for (const std::string& other : mirrors_.bases)
            if (other != base)
                synced.bases.push_back(other);
        ALBS_TRY(solve::Pool::Index index,
                 solve::library().read_index(fresh.empty() ? directory_ + "/repomd.xml" : fresh));
        synced.files = std::move(index.files);
        ALBS_CHECK(check_compression(synced));
        for (const char* type : {"primary", "modules"}) {
            ALBS_TRY(std::optional<std::string> path, synced.file(type, settings_));
            if (!path && type == std::string_view("primary"))
                return fail(Kind::input, "it has no primary metadata");
        }
        if (!fresh.empty())
            ALBS_CHECK(sys::rename_durably(fresh, directory_ + "/repomd.xml"));
        if (!settings_.offline)
            ALBS_CHECK(write_cached(directory_, now));
        if (!fresh.empty())
            forget_others(directory_, synced.files);
        return synced;
    }

    const Repository& repository_;
    const Settings& settings_;
    std::string directory_;
    std::optional<CachedRepository> known_;
    std::string key_digest_;
    Mirrors mirrors_;
    std::vector<std::string> said_;
    std::optional<Error> fatal_;
};

} // namespace

const solve::Pool::NamedFile* SyncedRepository::find(std::string_view type) const
{
    for (const solve::Pool::NamedFile& one : files)
        if (one.type == type)
            return &one;
    return nullptr;
}

Result<std::optional<std::string>> SyncedRepository::file(std::string_view type, const Settings& settings) const
{
    const solve::Pool::NamedFile* wanted = find(type);
    if (wanted == nullptr)
        return std::optional<std::string>();
    if (wanted->path.find("..") != std::string::npos || wanted->path.starts_with('/'))
        return fail(Kind::input, "repomd.xml names a file outside of the repository: '" + wanted->path + "'");
    auto algorithm = parse_algorithm(wanted->algorithm);
    if (!algorithm || *algorithm == Algorithm::md5 || *algorithm == Algorithm::sha1)
        return fail(Kind::trust, "repomd.xml has no checksum of '" + wanted->path + "' that can be relied on");
    const std::string path = cached_path(directory, *wanted);
    if (sys::exists(path)) {
        ALBS_TRY(std::string digest, sys::digest_file(path, *algorithm));
        if (digest == wanted->checksum)
            return std::optional(path);
        settings.warn("'" + path + "' was damaged and is fetched again");
        (void)::unlink(path.c_str());
    }
    if (settings.offline)
        return fail(Kind::temporary,
                    format_text("'{}' of repository '{}' is not in the workspace", wanted->path, repository.name),
                    "run it once without --offline");
    Error first;
    for (const std::string& base : bases) {
        http::Options options = transfer_options(repository, bases);
        if (wanted->size > 0)
            options.size_limit = wanted->size + (1 << 20); // a little more fails by its digest
        auto done = http::library().download(join_url(base, wanted->path), path + ".part",
                                             {*algorithm, wanted->checksum}, options);
        if (done) {
            ALBS_CHECK(sys::rename_durably(path + ".part", path));
            return std::optional(path);
        }
        (void)::unlink((path + ".part").c_str());
        if (bases.size() > 1)
            settings.warn("repository '" + repository.name + "': " + done.error().message);
        if (first.message.empty() || (done.error().kind == Kind::trust && first.kind != Kind::trust))
            first = std::move(done).error();
    }
    return tl::unexpected<Error>(std::move(first));
}

Result<SyncedRepository> sync(const Repository& repository, const Settings& settings)
{
    std::string directory = settings.directory + "/" + cache_name(repository);
    ALBS_CHECK(sys::make_directories(directory));
    ALBS_TRY(sys::FileLock lock, sys::FileLock::exclusive(directory + "/lock", 600000));
    mark_used(directory + "/lock");
    return Search(repository, settings, directory).run();
}

Result<std::vector<SyncedRepository>> sync(const std::vector<Repository>& repositories, const Settings& settings)
{
    std::vector<const Repository*> wanted;
    for (const Repository& one : repositories)
        if (one.enabled)
            wanted.push_back(&one);
    std::vector<SyncedRepository> all(wanted.size());
    ALBS_CHECK(sys::for_each_parallel(wanted.size(), settings.jobs, [&](std::size_t i) -> Status {
        ALBS_TRY(all[i], sync(*wanted[i], settings));
        return {};
    }));
    return all;
}

} // namespace albs::repositories
