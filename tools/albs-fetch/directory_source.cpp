// SPDX-License-Identifier: GPL-3.0-or-later
// A dist-git checkout as it lies on disk: what a packager tries before committing.
#include "base/time.hpp"
#include "copy_checkout.hpp"
#include "debrand.hpp"
#include "distgit/source_lines.hpp"
#include "history.hpp"
#include "lookaside.hpp"
#include "signature.hpp"
#include "sources.hpp"
#include "sys/file.hpp"
#include "tree.hpp"
#include "upstream.hpp"

namespace albs::fetch {

Result<FetchedSource> fetch_directory(Session& session, const Request& request)
{
    FetchedSource fetched;
    Source& source = fetched.source;
    ALBS_CHECK(refuse_unsigned(session, source.signature, "a directory"));
    ALBS_TRY(std::string directory, sys::absolute_path(request.text));
    ALBS_TRY(sys::TemporaryDirectory temporary, scratch(session));
    std::string tree = temporary.path() + "/tree";
    ALBS_CHECK(sys::make_directories(tree));
    ALBS_CHECK(copy_checkout(directory, tree));
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
    // The times of the files are of this machine, and there is no commit to take one from.
    ALBS_TRY(source.source_date_epoch, given_source_date_epoch());
    ALBS_CHECK(debrand(session, {request, place, source.source_date_epoch}, fetched));
    source.id = source.name + "@tree-" + std::string(fetched.content.sha256.view().substr(0, 12));
    if (fetched.history)
        source.history = fetched.history->sha256;
    return fetched;
}

} // namespace albs::fetch
