// SPDX-License-Identifier: GPL-3.0-or-later
// A dist-git checkout as it lies on disk: what a packager tries before committing.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/time.hpp"
#include "git/checkout.hpp"
#include "lookaside.hpp"
#include "signature.hpp"
#include "source_package.hpp"
#include "sources.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"

namespace albs::fetch {
namespace {

/// Copies files and links that stay inside, but for .git, under the rules of a checkout; hashes names and contents.
class Copy {
public:
    Copy(std::string from, std::string to, std::int64_t time) : from_(std::move(from)), to_(std::move(to)), time_(time)
    {
    }

    Status directory(const std::string& path)
    {
        ALBS_TRY(std::vector<std::string> names, sys::list_directory(from_ + "/" + path));
        for (const std::string& name : names)
            if (name != ".git")
                ALBS_CHECK(entry(path.empty() ? name : path + "/" + name));
        return {};
    }

    /// Of all that was copied.
    std::string digest() { return hasher_.finish_hex(); }

private:
    Status entry(const std::string& path)
    {
        struct stat status{};
        std::string from = from_ + "/" + path;
        if (::lstat(from.c_str(), &status) != 0)
            return sys::system_error("cannot read", from);
        if (S_ISDIR(status.st_mode)) {
            if (::mkdir((to_ + "/" + path).c_str(), 0755) != 0)
                return sys::system_error("cannot create directory", path);
            return directory(path);
        }
        if (S_ISLNK(status.st_mode))
            return link(path);
        if (S_ISREG(status.st_mode))
            return file(path, (status.st_mode & 0111) != 0);
        return {}; // sockets and the like are nobody's sources
    }

    Status link(const std::string& path)
    {
        char target[4096];
        ssize_t length = ::readlink((from_ + "/" + path).c_str(), target, sizeof target);
        std::string_view text(target, static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
        if (!git::link_stays_inside(path, text))
            return fail(Kind::input, "symbolic link '" + path + "' leads out of the directory");
        if (::symlink(std::string(text).c_str(), (to_ + "/" + path).c_str()) != 0)
            return sys::system_error("cannot link", path);
        note("link", path, text);
        return {};
    }

    Status file(const std::string& path, bool executable)
    {
        std::string to = to_ + "/" + path;
        ALBS_CHECK(sys::copy_file(from_ + "/" + path, to));
        ALBS_TRY(sys::FileDigest digest, sys::digest_file(to));
        timespec stamp{.tv_sec = static_cast<time_t>(time_), .tv_nsec = 0};
        const timespec times[2] = {stamp, stamp};
        if (::chmod(to.c_str(), executable ? 0755 : 0644) != 0 || ::utimensat(AT_FDCWD, to.c_str(), times, 0) != 0)
            return sys::system_error("cannot set the mode of", to);
        note(executable ? "executable" : "file", path, digest.sha256.hex());
        return {};
    }

    void note(std::string_view kind, std::string_view path, std::string_view content)
    {
        hasher_.update(canonical_json(Json::array({kind, path, content})));
    }

    std::string from_;
    std::string to_;
    std::int64_t time_;
    Hasher hasher_;
};

struct Attempt {
    NewSourcePackage made;
    distgit::Layout layout;
    std::vector<LookasideFile> lookaside;
};

Result<Attempt> attempt(Session& session, const std::string& directory, std::int64_t time)
{
    ALBS_TRY(sys::TemporaryDirectory temporary, scratch(session));
    std::string tree = temporary.path() + "/tree";
    ALBS_CHECK(sys::make_directories(tree));
    Copy copy(directory, tree, time);
    ALBS_CHECK(copy.directory(""));
    std::string content = "directory:" + copy.digest();
    Attempt done;
    ALBS_TRY(done.layout, distgit::find_layout(tree, sys::base_name(directory)));
    ALBS_CHECK(distgit::prepare_parent(tree, done.layout.sources.empty() ? "" : done.layout.sources + "/"));
    ALBS_TRY(std::vector<distgit::Reference> references, references_in(tree, done.layout));
    LookasidePlace place{done.layout.name, "", ""};
    ALBS_TRY(done.lookaside, get_lookaside(session, place, tree, references, time));
    SourceRecipe recipe{done.layout, tree, time, done.lookaside};
    ALBS_TRY(done.made, make_source_package(session, recipe, source_recipe_key(session, recipe, content)));
    return done;
}

} // namespace

Result<FetchedSource> fetch_directory(Session& session, const Request& request)
{
    FetchedSource fetched;
    Source& source = fetched.source;
    ALBS_CHECK(refuse_unsigned(session, source.signature, "a directory"));
    ALBS_TRY(std::string directory, sys::absolute_path(request.text));
    // There is no commit to take the time from, and the times of the files are of this machine: SOURCE_DATE_EPOCH, else
    // the changelog's, which is known only when the spec has been read once.
    ALBS_TRY(std::optional<Seconds> fixed, given_source_date_epoch());
    ALBS_TRY(Attempt done, attempt(session, directory, fixed.value_or(1)));
    std::int64_t time = source_date_epoch(done.made.package, fixed.value_or(1));
    if (!fixed && time != 1) {
        ALBS_TRY(done, attempt(session, directory, time));
    }
    source.kind = "directory";
    source.name = done.made.package.info.name;
    source.id = source.name + "@srpm-" + std::string(done.made.artifact.sha256.view().substr(0, 12));
    source.layout = done.layout.flat ? "flat" : "specs-sources";
    source.spec = done.layout.spec;
    source.lookaside = std::move(done.lookaside);
    source.srpm = done.made.artifact.sha256;
    source.source_date_epoch = time;
    fetched.srpm = std::move(done.made.artifact);
    return fetched;
}

} // namespace albs::fetch
