// SPDX-License-Identifier: GPL-3.0-or-later
// A dist-git repository at a commit.
#include <algorithm>

#include "base/time.hpp"
#include "git/checkout.hpp"
#include "git/mirror.hpp"
#include "lookaside.hpp"
#include "signature.hpp"
#include "source_package.hpp"
#include "sources.hpp"
#include "sys/file.hpp"

namespace albs::fetch {
namespace {

std::string repository_name(const std::string& url)
{
    std::string name = sys::base_name(url);
    return name.ends_with(".git") && name.size() > 4 ? name.substr(0, name.size() - 4) : name;
}

/// CentOS's lookaside sorts by branch; its import tags say which: imports/c9/which-2.21-29.el9.
std::string branch_of(const git::Location& location, const git::ResolvedRef& resolved)
{
    constexpr std::string_view imports = "imports/";
    std::string_view ref = location.ref;
    if (resolved.branch.empty() && ref.starts_with(imports))
        return std::string(ref.substr(imports.size(), ref.find('/', imports.size()) - imports.size()));
    return resolved.branch;
}

} // namespace

Result<std::vector<distgit::Reference>> references_in(const std::string& tree, const distgit::Layout& layout)
{
    std::vector<distgit::Reference> all;
    for (const std::string& file : layout.metadata) {
        ALBS_TRY(std::string text, sys::read_file(tree + "/" + file, std::size_t{16} << 20));
        ALBS_TRY(std::vector<distgit::Reference> some, distgit::read_references(layout, file, text));
        for (distgit::Reference& reference : some)
            if (std::none_of(all.begin(), all.end(), [&](const auto& one) { return one.path == reference.path; }))
                all.push_back(std::move(reference));
    }
    return all;
}

namespace {

struct Checkout {
    git::Commit commit;
    git::ResolvedRef resolved;
    SourceSignature signature;
    std::int64_t time = 0; ///< of the commit
};

/// The mirror is in use, and thereby not to be renewed by others, only for as long as this takes.
Result<Checkout> check_out(Session& session, const git::Location& location, const std::string& tree)
{
    ALBS_TRY(std::string cache, session.workspace.directory("git"));
    ALBS_TRY(git::PinnedCommit pinned, git::pin(cache, location));
    Checkout out;
    out.resolved = pinned.resolved;
    ALBS_TRY(out.commit, pinned.repository->commit(pinned.resolved.commit));
    ALBS_TRY(out.signature, judge_signature(session, out.commit, pinned.resolved.tag, location.ref));
    out.time = std::max<std::int64_t>(out.commit.committer.time, 0);
    ALBS_CHECK(sys::make_directories(tree));
    ALBS_TRY(std::vector<std::string> submodules, git::check_out(*pinned.repository, out.commit.id, tree, out.time));
    for (const std::string& submodule : submodules)
        session.context.messages.warning("submodule '" + submodule + "' is not followed", location.url);
    return out;
}

void describe(Source& source, const Checkout& out, const git::Location& location, const distgit::Layout& layout)
{
    source.kind = "git";
    source.url = location.url;
    source.ref = location.ref.empty() ? "HEAD" : location.ref;
    source.commit = out.commit.id;
    source.tree = out.commit.tree;
    source.commit_time = format_time(out.time);
    source.layout = layout.flat ? "flat" : "specs-sources";
    source.spec = layout.spec;
    source.signature = out.signature;
}

} // namespace

Result<FetchedSource> fetch_git(Session& session, const Request& request)
{
    const git::Location& location = request.location;
    ALBS_TRY(sys::TemporaryDirectory temporary, scratch(session));
    std::string tree = temporary.path() + "/tree";
    ALBS_TRY(Checkout out, check_out(session, location, tree));
    ALBS_TRY(distgit::Layout layout, distgit::find_layout(tree, repository_name(location.url)));
    FetchedSource fetched;
    Source& source = fetched.source;
    describe(source, out, location, layout);
    ALBS_CHECK(distgit::prepare_parent(tree, layout.sources.empty() ? "" : layout.sources + "/"));
    ALBS_TRY(std::vector<distgit::Reference> references, references_in(tree, layout));
    LookasidePlace place{layout.name, branch_of(location, out.resolved), location.url};
    ALBS_TRY(source.lookaside, get_lookaside(session, place, tree, references, out.time));
    SourceRecipe recipe{layout, tree, out.time, source.lookaside};
    ALBS_TRY(NewSourcePackage made,
             make_source_package(session, recipe, source_recipe_key(session, recipe, out.commit.id)));
    source.name = made.package.info.name;
    source.id = source.name + "@" + out.commit.id.substr(0, 12);
    source.srpm = made.artifact.sha256;
    source.source_date_epoch = source_date_epoch(made.package, out.time);
    fetched.srpm = std::move(made.artifact);
    return fetched;
}

} // namespace albs::fetch
