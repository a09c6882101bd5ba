// SPDX-License-Identifier: GPL-3.0-or-later
// A dist-git repository at a commit.
#include "git/checkout.hpp"
#include "git/mirror.hpp"
#include "lookaside.hpp"
#include "signature.hpp"
#include "source_package.hpp"
#include "sources.hpp"
#include "sys/clock.hpp"
#include "sys/file.hpp"

namespace albs::fetch {
namespace {

std::string repository_name(const std::string& url)
{
    std::string name = sys::base_name(url);
    return name.ends_with(".git") && name.size() > 4 ? name.substr(0, name.size() - 4) : name;
}

/// CentOS's lookaside sorts by branch; its import tags say which: imports/c9/which-2.21-29.el9.
std::string branch_of(const git::Location& location, const git::Resolved& resolved)
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

Result<sys::TemporaryDirectory> scratch(Session& session)
{
    ALBS_TRY(std::string parent, session.workspace.directory("tmp"));
    return sys::TemporaryDirectory::make("fetch", parent);
}

Result<Fetched> fetch_git(Session& session, const Request& request)
{
    const git::Location& location = request.location;
    ALBS_TRY(std::string cache, session.workspace.directory("git"));
    ALBS_TRY(git::Pinned pinned, git::pin(cache, location));
    ALBS_TRY(git::Commit commit, pinned.repository.commit(pinned.resolved.commit));
    Fetched fetched;
    Source& source = fetched.source;
    ALBS_TRY(source.signature, judge_signature(session, commit, pinned.resolved.tag, location.ref));
    ALBS_TRY(sys::TemporaryDirectory temporary, scratch(session));
    std::string tree = temporary.path() + "/tree";
    ALBS_CHECK(sys::make_directories(tree));
    std::int64_t time = std::max<std::int64_t>(commit.committer.time, 0);
    ALBS_TRY(std::vector<std::string> submodules, git::check_out(pinned.repository, commit.id, tree, time));
    for (const std::string& submodule : submodules)
        session.context.messages.warning("submodule '" + submodule + "' is not followed", location.url);
    ALBS_TRY(distgit::Layout layout, distgit::find_layout(tree, repository_name(location.url)));
    ALBS_CHECK(distgit::prepare_parent(tree, layout.sources.empty() ? "" : layout.sources + "/"));
    ALBS_TRY(std::vector<distgit::Reference> references, references_in(tree, layout));
    LookasidePlace place{layout.name, branch_of(location, pinned.resolved), location.url};
    ALBS_TRY(source.lookaside, get_lookaside(session, place, tree, references, time));
    Recipe recipe{layout, tree, time, source.lookaside};
    ALBS_TRY(Made made, make_source_package(session, recipe, recipe_key(session, recipe, commit.id)));
    source.kind = "git";
    source.name = made.package.info.name;
    source.id = source.name + "@" + commit.id.substr(0, 12);
    source.url = location.url;
    source.ref = location.ref.empty() ? "HEAD" : location.ref;
    source.commit = commit.id;
    source.tree = commit.tree;
    source.commit_time = sys::format_time(time);
    source.layout = layout.flat ? "flat" : "specs-sources";
    source.spec = layout.spec;
    source.srpm = made.artifact.sha256;
    source.source_date_epoch = source_date_epoch(made.package, time);
    fetched.srpm = std::move(made.artifact);
    return fetched;
}

} // namespace albs::fetch
