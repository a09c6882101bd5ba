// SPDX-License-Identifier: GPL-3.0-or-later
// A dist-git checkout as it lies on disk: what a packager tries before committing.
#include <sys/stat.h>
#include <unistd.h>

#include "base/time.hpp"
#include "debrand.hpp"
#include "distgit/source_lines.hpp"
#include "git/checkout.hpp"
#include "history.hpp"
#include "lookaside.hpp"
#include "signature.hpp"
#include "sources.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "tree.hpp"
#include "upstream.hpp"

namespace albs::fetch {
namespace {

/// Copies files and links that stay inside, but for .git, under the rules of a checkout.
class Copy {
public:
    Copy(std::string from, std::string to) : from_(std::move(from)), to_(std::move(to)) {}

    Status directory(const std::string& path)
    {
        ALBS_TRY(std::vector<std::string> names, sys::list_directory(from_ + "/" + path));
        for (const std::string& name : names)
            if (name != ".git")
                ALBS_CHECK(entry(path.empty() ? name : path + "/" + name));
        return {};
    }

private:
    Status entry(const std::string& path)
    {
        struct stat status {};
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
        return {};
    }

    Status file(const std::string& path, bool executable)
    {
        std::string to = to_ + "/" + path;
        ALBS_CHECK(sys::copy_file(from_ + "/" + path, to));
        if (::chmod(to.c_str(), executable ? 0755 : 0644) != 0)
            return sys::system_error("cannot set the mode of", to);
        return {};
    }

    std::string from_;
    std::string to_;
};

} // namespace

Result<FetchedSource> fetch_directory(Session& session, const Request& request)
{
    FetchedSource fetched;
    Source& source = fetched.source;
    ALBS_CHECK(refuse_unsigned(session, source.signature, "a directory"));
    ALBS_TRY(std::string directory, sys::absolute_path(request.text));
    ALBS_TRY(sys::TemporaryDirectory temporary, scratch(session));
    std::string tree = temporary.path() + "/tree";
    ALBS_CHECK(sys::make_directories(tree));
    ALBS_CHECK(Copy(directory, tree).directory(""));
    ALBS_TRY(distgit::Layout layout, distgit::find_layout(tree, sys::base_name(directory)));
    ALBS_CHECK(distgit::check_source_lines(tree, layout));
    ALBS_TRY(fetched.history, keep_history(session, directory, tree, layout, temporary.path()));
    ALBS_CHECK(distgit::prepare_parent(tree, layout.sources.empty() ? "" : layout.sources + "/"));
    ALBS_TRY(distgit::References references, references_in(tree, layout));
    LookasidePlace place{layout.name, "", ""};
    ALBS_TRY(source.lookaside, get_lookaside(session, place, tree, references.files(), 1));
    ALBS_TRY(source.upstream_signatures, verify_upstream(tree, layout.sources, temporary.path()));
    ALBS_CHECK(refuse_unsigned_upstream(session, source));
    ALBS_TRY(fetched.content, store_tree(session, tree, layout.name, source.lookaside));
    source.kind = "directory";
    source.name = layout.name;
    source.layout = layout.flat ? "flat" : "specs-sources";
    source.spec = layout.spec;
    source.files = fetched.content.sha256;
    ALBS_CHECK(debrand(session, request, place, fetched));
    source.id = source.name + "@tree-" + std::string(fetched.content.sha256.view().substr(0, 12));
    if (fetched.history)
        source.history = fetched.history->sha256;
    // The times of the files are of this machine, and there is no commit to take one from.
    ALBS_TRY(source.source_date_epoch, given_source_date_epoch());
    return fetched;
}

} // namespace albs::fetch
