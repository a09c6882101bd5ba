// SPDX-License-Identifier: GPL-3.0-or-later
// A dist-git repository at a commit.
#include <algorithm>

#include "base/time.hpp"
#include "debrand.hpp"
#include "distgit/lfs.hpp"
#include "distgit/module_template.hpp"
#include "distgit/source_lines.hpp"
#include "git/checkout.hpp"
#include "git/mirror.hpp"
#include "history.hpp"
#include "known_commit.hpp"
#include "lookaside.hpp"
#include "served_references.hpp"
#include "signature.hpp"
#include "sources.hpp"
#include "sys/file.hpp"
#include "tree.hpp"
#include "upstream.hpp"

namespace albs::fetch {
namespace {

std::string repository_name(const std::string& url)
{
    std::string name = sys::base_name(url);
    return name.ends_with(".git") && name.size() > 4 ? name.substr(0, name.size() - 4) : name;
}

/// CentOS's lookaside sorts by branch; its import tags say which: imports/c9/which-2.21-29.el9.
std::string branch_of(std::string_view ref, const git::ResolvedRef& resolved)
{
    constexpr std::string_view imports = "imports/";
    if (resolved.branch.empty() && ref.starts_with(imports))
        return std::string(ref.substr(imports.size(), ref.find('/', imports.size()) - imports.size()));
    return resolved.branch;
}

} // namespace

Result<distgit::References> references_in(const std::string& tree, const distgit::Layout& layout)
{
    distgit::References all;
    for (const std::string& file : layout.metadata) {
        ALBS_TRY(std::string text, sys::read_file(tree + "/" + file, std::size_t{16} << 20));
        ALBS_CHECK(distgit::read_references(layout, file, text, all));
    }
    ALBS_CHECK(distgit::take_lfs_pointers(tree, all));
    return all;
}

namespace {

/// A commit that is in the mirror, and what is said of it in this run.
struct Pinned {
    std::optional<git::PinnedCommit> place; ///< while it is held, nobody renews the mirror
    git::Commit commit;
    git::ResolvedRef resolved;
    SourceSignature signature;
    std::int64_t time = 0;               ///< of the commit
    std::optional<ImportTags> tags = {}; ///< where they may be counted
};

/// Those of the server as the mirror has them.
Result<ImportTags> import_tags(const git::Repository& repository, const git::ResolvedRef& resolved,
                               std::string_view ref)
{
    constexpr std::string_view of_tags = "refs/tags/";
    if (ref.starts_with(of_tags))
        ref.remove_prefix(of_tags.size());
    ImportTags tags;
    ALBS_TRY(tags.all, repository.tags());
    const std::string imports = "imports/";
    if (std::find(tags.all.begin(), tags.all.end(), ref) != tags.all.end() && ref.starts_with(imports))
        tags.import = ref;
    else {
        const std::string pattern = imports + (resolved.branch.empty() ? "*" : resolved.branch + "/*");
        ALBS_TRY(tags.import, repository.nearest_tag(resolved.commit, pattern));
    }
    return tags;
}

/// The ref of a recorded source says more than its commit, as long as it leads there: a signed tag, a branch.
void take_recorded_ref(const git::Repository& repository, const std::string& ref, git::ResolvedRef& resolved)
{
    auto found = repository.resolve(ref == "HEAD" ? "" : ref);
    if (found && *found && (*found)->commit == resolved.commit)
        resolved = std::move(**found);
}

Result<Pinned> pin(Session& session, const Request& request, const std::string& ref)
{
    ALBS_TRY(std::string cache, session.workspace.directory("git"));
    const std::optional<git::References> served = served_references(cache, request.location);
    ALBS_TRY(git::PinnedCommit place, git::pin(cache, request.location, served ? &*served : nullptr));
    Pinned pinned{std::move(place), {}, {}, {}, 0, {}};
    pinned.resolved = pinned.place->resolved;
    if (request.recorded)
        take_recorded_ref(*pinned.place->repository, ref, pinned.resolved);
    ALBS_TRY(pinned.commit, pinned.place->repository->commit(pinned.resolved.commit));
    ALBS_TRY(pinned.signature, judge_signature(session, pinned.commit, pinned.resolved.tag, ref));
    pinned.time = std::max<std::int64_t>(pinned.commit.committer.time, 0);
    if (!session.options.debrand.empty()) {
        ALBS_TRY(pinned.tags, import_tags(*pinned.place->repository, pinned.resolved, ref));
    }
    return pinned;
}

void tell_submodules(Session& session, const std::vector<std::string>& submodules, const std::string& url)
{
    for (const std::string& submodule : submodules)
        session.context.messages.warning("submodule '" + submodule + "' is not followed", url);
}

/// The record without what is found in the files.
Source describe(const Pinned& pinned, const git::Location& location)
{
    Source source;
    source.kind = "git";
    source.url = location.url;
    source.ref = location.ref.empty() ? "HEAD" : location.ref;
    source.commit = pinned.commit.id;
    source.tree = pinned.commit.tree;
    source.commit_time = format_time(pinned.time);
    source.signature = pinned.signature;
    return source;
}

void describe_layout(Source& source, const distgit::Layout& layout)
{
    source.name = layout.name;
    source.id = layout.name + "@" + source.commit->substr(0, 12);
    source.layout = layout.flat ? "flat" : "specs-sources";
    source.spec = layout.spec;
}

/// Of a repository that has a module template and no spec.
Result<FetchedSource> template_in(const std::string& path, const git::Location& location, const Pinned& pinned)
{
    FetchedSource fetched;
    ModuleTemplate& found = fetched.module.emplace();
    ALBS_TRY(found.text, sys::read_file(path, std::size_t{16} << 20));
    found.name = repository_name(location.url);
    found.branch = pinned.resolved.branch;
    found.url = location.url;
    found.ref = location.ref.empty() ? "HEAD" : location.ref;
    found.commit = pinned.commit.id;
    found.commit_time = format_time(pinned.time);
    found.secret_url = location.secret_url;
    return fetched;
}

/// Of a commit that no earlier run made a tree of.
Result<FetchedSource> store_commit(Session& session, const Request& request, Pinned pinned, LookasidePlace& place)
{
    const git::Location& location = request.location;
    ALBS_TRY(sys::TemporaryDirectory temporary, scratch(session));
    std::string tree = temporary.path() + "/tree";
    ALBS_CHECK(sys::make_directories(tree));
    ALBS_TRY(std::vector<std::string> submodules,
             git::check_out(*pinned.place->repository, pinned.commit.id, tree, pinned.time));
    tell_submodules(session, submodules, location.url);
    if (std::optional<std::string> path = distgit::find_template(tree, repository_name(location.url)))
        return template_in(tree + "/" + *path, location, pinned);
    ALBS_TRY(distgit::Layout layout, distgit::find_layout(tree, repository_name(location.url)));
    ALBS_CHECK(distgit::check_source_lines(tree, layout));
    FetchedSource fetched{describe(pinned, location), {}};
    Source& source = fetched.source;
    describe_layout(source, layout);
    const git::Repository& repository = *pinned.place->repository;
    ALBS_TRY(fetched.history, keep_history(session, repository, pinned.commit.id, tree, layout, temporary.path()));
    if (fetched.history)
        source.history = fetched.history->sha256;
    pinned.place.reset();
    ALBS_CHECK(distgit::prepare_parent(tree, layout.sources.empty() ? "" : layout.sources + "/"));
    ALBS_TRY(distgit::References references, references_in(tree, layout));
    place.name = layout.name;
    ALBS_TRY(source.lookaside, get_lookaside(session, place, tree, references.files(), pinned.time));
    ALBS_TRY(source.upstream_signatures, verify_upstream(tree, layout.sources, temporary.path()));
    ALBS_TRY(fetched.content, store_tree(session, tree, source.name, source.lookaside));
    source.files = fetched.content.sha256;
    // A key may expire, or be revoked: who signed is asked each time.
    if (source.upstream_signatures.empty())
        ALBS_CHECK(remember_commit(session, fetched, repository_name(location.url), submodules));
    return fetched;
}

} // namespace

Result<FetchedSource> fetch_git(Session& session, const Request& request)
{
    const git::Location& location = request.location;
    const std::string ref = request.recorded ? request.recorded->ref.value_or("") : location.ref;
    ALBS_TRY(Pinned pinned, pin(session, request, ref));
    ALBS_TRY(std::optional<Seconds> fixed, given_source_date_epoch());
    std::optional<Seconds> time = fixed.value_or(pinned.time);
    if (request.recorded)
        time = request.recorded->source_date_epoch;
    std::optional<ImportTags> tags = pinned.tags;
    LookasidePlace place{"", branch_of(ref, pinned.resolved), location.url};
    if (request.recorded)
        place.recorded = request.recorded->lookaside;
    place.cache = request.cache;
    FetchedSource fetched;
    if (std::optional<KnownCommit> known = recall_commit(session, pinned.commit.id, repository_name(location.url))) {
        tell_submodules(session, known->submodules, location.url);
        fetched.source = std::move(known->source);
        fetched.source.url = location.url;
        fetched.source.ref = location.ref.empty() ? "HEAD" : location.ref;
        fetched.source.signature = pinned.signature;
        fetched.content = tree_artifact(fetched.source.name, *fetched.source.files, known->list_size);
        fetched.history = std::move(known->history);
    } else {
        ALBS_TRY(fetched, store_commit(session, request, std::move(pinned), place));
    }
    if (fetched.module)
        return fetched;
    ALBS_CHECK(refuse_unsigned_upstream(session, fetched.source));
    place.name = fetched.source.name;
    ALBS_CHECK(debrand(session, {request, place, time, ref, std::move(tags)}, fetched));
    fetched.source.source_date_epoch = time;
    return fetched;
}

} // namespace albs::fetch
