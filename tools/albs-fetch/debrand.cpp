// SPDX-License-Identifier: GPL-3.0-or-later
#include "debrand.hpp"

#include <algorithm>
#include <sys/stat.h>

#include "base/format.hpp"
#include "debrand_config.hpp"
#include "debrand_lists.hpp"
#include "debrand_script.hpp"
#include "debrand_tree.hpp"
#include "sys/file.hpp"
#include "sys/given_file.hpp"
#include "tree.hpp"

namespace albs::fetch {
namespace {

constexpr const char* kind = "debrand";
constexpr const char* configuration = "config.yaml";

/// A configuration with the files that it adds, all in the store.
struct Configuration {
    std::string shown; ///< where it is, for messages
    std::vector<Action> actions;
    SourceTree files; ///< config.yaml, files/…
};

/// Puts a file into the store and the list. No part of the path below --debrand is a link, so it is in there.
Status keep(store::Store& store, const std::string& root, const std::string& path, SourceTree& files)
{
    const std::string place = root + "/" + path;
    struct stat status {};
    for (const std::string& part : {root, sys::directory_name(place), place}) {
        if (::lstat(part.c_str(), &status) != 0)
            return errno == ENOENT ? fail(Kind::input, format_text("there is no '{}'", part))
                                   : fail(Kind::input, sys::given_error("cannot open", part).value().message);
        if (S_ISLNK(status.st_mode))
            return fail(Kind::input, format_text("'{}' is a symbolic link, which is not followed", part));
    }
    if (!S_ISREG(status.st_mode))
        return fail(Kind::input, format_text("'{}' is no file", place));
    if (Status readable = sys::check_given(place); !readable)
        return fail(Kind::input, readable.error().message);
    const bool may_run = (status.st_mode & 0111) != 0;
    ALBS_TRY(sys::FileDigest digest, store.put_file(place));
    files.files.push_back(
        {path, std::string(may_run ? SourceFile::executable : SourceFile::plain), digest.sha256.hex(), digest.size});
    return {};
}

Result<std::optional<Configuration>> given(Session& session, const std::string& name)
{
    store::Store& store = session.workspace.store();
    const std::string root = session.options.debrand + "/" + name;
    Configuration found{root + "/" + configuration, {}, {}};
    struct stat status {};
    if (::lstat(found.shown.c_str(), &status) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return std::optional<Configuration>();
    ALBS_CHECK(keep(store, root, configuration, found.files));
    ALBS_TRY(std::string text, store.read(found.files.files.front().sha256));
    ALBS_TRY(found.actions, read_actions(text, found.shown));
    for (const Action& action : found.actions) {
        const std::string path =
            action.script.empty() ? (action.file.empty() ? "" : "files/" + action.file) : "scripts/" + action.script;
        const bool is_known = std::any_of(found.files.files.begin(), found.files.files.end(),
                                          [&](const SourceFile& file) { return file.path == path; });
        if (!path.empty() && !is_known)
            ALBS_CHECK(told_of(action, found.shown, keep(store, root, path, found.files)));
    }
    std::sort(found.files.files.begin(), found.files.files.end(),
              [](const SourceFile& one, const SourceFile& other) { return one.path < other.path; });
    return std::optional(std::move(found));
}

Result<std::optional<Configuration>> recorded(const Session& session, const Source& source)
{
    if (source.transformations.empty())
        return std::optional<Configuration>();
    const Transformation& only = source.transformations.front();
    if (source.transformations.size() > 1 || only.kind != kind || !only.by)
        return fail(Kind::input, format_text("'{}' was changed in a way that is not known here", source.id));
    const store::Store& store = session.workspace.store();
    if (!store.has(*only.by))
        return fail(Kind::input, format_text("'{}' was debranded, and what told how is not in the store", source.id),
                    "give it with --debrand DIR, or name the workspace that has it with --workspace");
    Configuration found{configuration, {}, {}};
    ALBS_TRY(std::string list, store.read(*only.by));
    ALBS_TRY(found.files, read_source_tree(list));
    const SourceFile* file = found.files.find(configuration);
    if (file == nullptr)
        return fail(Kind::input, format_text("what told how '{}' was debranded has no {}", source.id, configuration));
    ALBS_TRY(std::string text, store.read(file->sha256));
    ALBS_TRY(found.actions, read_actions(text, found.shown));
    return std::optional(std::move(found));
}

/// Of what was said of files, what still holds.
void forget_changed(Source& source, const SourceTree& before, const SourceTree& after)
{
    auto same = [&](const std::string& path) {
        const SourceFile* old_file = before.find(path);
        const SourceFile* new_file = after.find(path);
        return old_file != nullptr && new_file != nullptr && *old_file == *new_file;
    };
    std::erase_if(source.lookaside, [&](const LookasideFile& file) { return !same(file.path); });
    std::erase_if(source.upstream_signatures, [&](const UpstreamSignature& one) {
        return !same(one.path) || !same(one.signature) || (one.keyring && !same(*one.keyring));
    });
}

/// Files of changed lists, in the place of what was said of them.
void take_records(Source& source, std::vector<LookasideFile> got)
{
    for (LookasideFile& file : got) {
        std::erase_if(source.lookaside, [&](const LookasideFile& one) { return one.path == file.path; });
        source.lookaside.push_back(std::move(file));
    }
}

/// A list that is in the store.
Result<Artifact> artifact_of(const store::Store& store, const std::string& name, const std::string& sha256)
{
    ALBS_TRY(std::string list, store.read(sha256));
    return tree_artifact(name, sha256, static_cast<std::int64_t>(list.size()));
}

Result<std::string> keep_list(store::Store& store, const SourceTree& tree)
{
    const std::string text = write_source_tree(tree);
    ALBS_TRY([[maybe_unused]] SourceTree readable, read_source_tree(text));
    ALBS_TRY(sys::FileDigest digest, store.put_bytes(text));
    return digest.sha256.hex();
}

} // namespace

Status debrand(Session& session, const Request& request, const LookasidePlace& place, std::int64_t time,
               FetchedSource& fetched)
{
    Source& source = fetched.source;
    std::optional<Configuration> how;
    if (!session.options.debrand.empty()) {
        ALBS_TRY(how, given(session, source.name));
    } else if (request.recorded) {
        ALBS_TRY(how, recorded(session, *request.recorded));
    }
    if (!how)
        return {};
    if (!source.files)
        return fail(Kind::input, format_text("'{}' came as a source package, which is not changed", source.name),
                    "fetch its dist-git repository");
    store::Store& store = session.workspace.store();
    ALBS_TRY(std::string list, store.read(*source.files));
    ALBS_TRY(SourceTree before, read_source_tree(list));
    DebrandedTree changed(store, source.name, how->files);
    changed.tree = before;
    bool has_scripts = false;
    for (const Action& action : how->actions) {
        const bool is_script = !action.script.empty();
        has_scripts = has_scripts || is_script;
        ALBS_CHECK(told_of(action, how->shown,
                           is_script ? run_script(session, {action, how->files, time, source.name}, changed.tree)
                                     : changed.act(action)));
    }
    auto got = follow_lists(session, place, source, before, changed.tree);
    if (!got)
        return fail(std::move(got).error(), how->shown);
    Transformation made{.kind = kind, .input = *source.files, .output = {}, .by = {}, .program = {}, .buildroot = {}};
    if (has_scripts)
        made.program = script_program;
    ALBS_TRY(made.output, keep_list(store, changed.tree));
    ALBS_TRY(made.by, keep_list(store, how->files));
    ALBS_TRY(std::string after_list, store.read(made.output));
    ALBS_TRY(SourceTree after, read_source_tree(after_list));
    if (source.spec && after.find(*source.spec) == nullptr)
        return fail(Kind::input, format_text("{}: its actions leave no '{}'", how->shown, *source.spec));
    forget_changed(source, before, after);
    take_records(source, *std::move(got));
    source.files = made.output;
    const std::string name = source.name + "." + kind;
    ALBS_TRY(Artifact actions, artifact_of(store, name + "-actions", *made.by));
    fetched.further = {std::move(fetched.content), std::move(actions)};
    fetched.content = tree_artifact(name, made.output, static_cast<std::int64_t>(after_list.size()));
    source.transformations.push_back(std::move(made));
    return {};
}

} // namespace albs::fetch
