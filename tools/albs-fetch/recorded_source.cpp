// SPDX-License-Identifier: GPL-3.0-or-later
// A source that a manifest records: it has to come to the same again.
#include "albs/json/difference.hpp"
#include "albs/manifest/source_tree.hpp"
#include "base/format.hpp"
#include "debrand.hpp"
#include "history.hpp"
#include "signature.hpp"
#include "sources.hpp"
#include "sys/file.hpp"
#include "tree.hpp"
#include "upstream.hpp"

namespace albs::fetch {
namespace {

/// What is the same of one commit or package for everybody; who signed it depends on the keyring.
constexpr std::string_view fixed_members[] = {"commit", "tree", "files", "srpm", "lookaside", "commit_time",
                                              "layout", "spec", "name",  "id",   "history",   "transformations"};

Status check_same(const Source& recorded, const Source& now)
{
    Json wanted = to_json(recorded);
    Json got = to_json(now);
    auto told = [](const Json& record, std::string_view member) {
        const Json* value = record.find(member);
        return value == nullptr ? Json() : RecordType<Source>::told(member, *value);
    };
    for (std::string_view member : fixed_members) {
        Json before = told(wanted, member);
        Json after = told(got, member);
        if (canonical_json(before) == canonical_json(after))
            continue;
        Difference where = first_difference(member, before, after);
        return fail(Kind::trust,
                    format_text("it is not what the manifest says: {} is {}, and was {}", where.path, where.second,
                                where.first),
                    "one of them was changed: find out which");
    }
    return {};
}

/// What a manifest says of signatures is not believed: they are verified again, over the files of the store.
Result<std::vector<UpstreamSignature>> upstream_of(Session& session, const Source& recorded, const SourceTree& tree)
{
    const std::string folder = recorded.layout == "flat" ? "" : "SOURCES";
    ALBS_TRY(sys::TemporaryDirectory temporary, scratch(session));
    const std::string directory = temporary.path() + "/tree/" + folder;
    ALBS_CHECK(sys::make_directories(directory));
    for (const SourceFile& file : tree.files) {
        const bool is_source =
            folder.empty() ? file.path.find('/') == std::string::npos : sys::directory_name(file.path) == folder;
        if (is_source && file.mode != SourceFile::link)
            ALBS_CHECK(session.workspace.store().lay_out(file.sha256, directory, sys::base_name(file.path)));
    }
    return verify_upstream(temporary.path() + "/tree", folder, temporary.path());
}

/// All files of a tree are in the store, and are what their names say. What was debranded is so again.
Result<FetchedSource> fetch_stored(Session& session, const Request& request)
{
    Source recorded = *request.recorded;
    if (!recorded.transformations.empty())
        recorded.files = recorded.transformations.front().input;
    recorded.transformations.clear();
    FetchedSource fetched{recorded, {}};
    fetched.source.signature = {};
    ALBS_CHECK(refuse_unsigned(session, fetched.source.signature, "a directory"));
    const store::Store& store = session.workspace.store();
    const std::string& list = content_of(recorded);
    if (!store.has(list))
        return fail(Kind::input, "it was a directory, and its files are not in the store",
                    "name the workspace that has them with --workspace, or fetch the directory itself");
    ALBS_TRY(std::string text, store.read(list));
    ALBS_TRY(SourceTree tree, read_source_tree(text));
    for (const SourceFile& file : tree.files)
        ALBS_CHECK(store.path(file.sha256));
    auto is_in_tree = [&](const LookasideFile& file) {
        const SourceFile* kept = tree.find(file.path);
        return kept != nullptr && kept->sha256 == file.sha256;
    };
    for (const LookasideFile& file : recorded.lookaside)
        if (!is_in_tree(file) && request.recorded->transformations.empty())
            return fail(Kind::trust, format_text("'{}' of {} is not in its source tree", file.path, recorded.id));
    // The others are got again, by the list that the debranding changes.
    std::erase_if(fetched.source.lookaside, [&](const LookasideFile& file) { return !is_in_tree(file); });
    ALBS_TRY(fetched.source.upstream_signatures, upstream_of(session, recorded, tree));
    ALBS_CHECK(refuse_unsigned_upstream(session, fetched.source));
    if (recorded.history) {
        ALBS_TRY(fetched.history, stored_history(session, *recorded.history, recorded.name));
    }
    fetched.content = tree_artifact(recorded.name, list, static_cast<std::int64_t>(text.size()));
    const LookasidePlace place{recorded.name, "", "", recorded.lookaside};
    ALBS_CHECK(debrand(session, {request, place, recorded.source_date_epoch}, fetched));
    return fetched;
}

} // namespace

Result<FetchedSource> fetch_again(Session& session, const Request& request)
{
    const Source& recorded = *request.recorded;
    FetchedSource fetched;
    if (request.form == Form::directory) {
        ALBS_TRY(fetched, fetch_stored(session, request));
    } else if (request.form == Form::git) {
        ALBS_TRY(fetched, fetch_git(session, request));
    } else {
        ALBS_TRY(fetched, fetch_srpm(session, request));
    }
    ALBS_CHECK(check_same(recorded, fetched.source));
    fetched.source.url = recorded.url;
    fetched.source.ref = recorded.ref;
    fetched.source.source_date_epoch = recorded.source_date_epoch;
    return fetched;
}

} // namespace albs::fetch
