// SPDX-License-Identifier: GPL-3.0-or-later
#include "debrand_configuration.hpp"

#include <algorithm>
#include <sys/stat.h>

#include "base/format.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sys/file.hpp"
#include "sys/given_file.hpp"
#include "tree.hpp"

namespace albs::fetch {
namespace {

constexpr const char* main_file = "config.yaml";

bool is_configuration(const std::string& name)
{
    return name.starts_with("config") && name.ends_with(".yaml");
}

void sort(SourceTree& tree)
{
    std::sort(tree.files.begin(), tree.files.end(),
              [](const SourceFile& one, const SourceFile& other) { return one.path < other.path; });
}

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

/// What a script of the configuration may use: all but other configurations, and what git keeps for itself.
Status keep_all(store::Store& store, const std::string& root, const std::string& folder, SourceTree& files)
{
    auto names = sys::list_directory(folder.empty() ? root : root + "/" + folder);
    if (!names)
        return fail(Kind::input, names.error().message);
    for (const std::string& name : *names) {
        const std::string path = folder.empty() ? name : folder + "/" + name;
        struct stat status {};
        if (!is_plain_name(name))
            return fail(Kind::input, format_text("a file in '{}/{}' has a name that is no UTF-8, or has a control "
                                                 "character: '{}'",
                                                 root, folder, as_utf8(name)));
        if (path == release_suffixes)
            return fail(Kind::input, format_text("'{}/{}' has the name of what is recorded beside it", root, path),
                        "give it another name");
        if (path == ".git" || (folder.empty() && is_configuration(name)))
            continue;
        if (::lstat((root + "/" + path).c_str(), &status) == 0 && S_ISDIR(status.st_mode))
            ALBS_CHECK(keep_all(store, root, path, files));
        else
            ALBS_CHECK(keep(store, root, path, files));
    }
    return {};
}

/// The file, its actions, and where it is.
Result<Configuration> read_file(store::Store& store, const std::string& root, const std::string& name)
{
    Configuration found{root + "/" + name, {}, {}};
    ALBS_CHECK(keep(store, root, name, found.files));
    ALBS_TRY(std::string text, store.read(found.files.files.front().sha256));
    ALBS_TRY(found.read, read_actions(text, found.shown));
    if (name != main_file && found.read.parameters.target_branch.empty())
        return fail(
            Kind::input,
            format_text("{}: it lacks the parameter custom_target_branch, which says what it is for", found.shown),
            format_text("only {} can do without it", main_file));
    return found;
}

/// The one that the branch asks for. Each is read: two for one branch would leave open which counts.
Result<Configuration> choose(std::vector<Configuration> all, const std::string& root, const std::string& branch)
{
    std::vector<std::string> branches;
    for (const Configuration& one : all) {
        const std::string& target = one.read.parameters.target_branch;
        if (std::find(branches.begin(), branches.end(), target) != branches.end())
            return fail(Kind::input, format_text("{}: another configuration has the custom_target_branch '{}', too",
                                                 one.shown, target));
        branches.push_back(target);
    }
    const std::string path = root + "/" + main_file;
    auto main = std::find_if(all.begin(), all.end(), [&](const Configuration& one) { return one.shown == path; });
    if (branch.empty() && main != all.end())
        return std::move(*main);
    for (Configuration& one : all)
        if (!branch.empty() && one.read.parameters.target_branch == branch)
            return std::move(one);
    if (main != all.end() && main->read.parameters.target_branch.empty())
        return std::move(*main);
    return fail(Kind::input,
                branch.empty() ? format_text("'{}' is not there, and for which branch is not said", path)
                               : format_text("no configuration in '{}' is for branch '{}'", root, branch),
                format_text("--debrand-branch takes {}", join_quoted(branches)));
}

/// What the actions use.
Status keep_files(store::Store& store, const std::string& root, Configuration& found)
{
    const std::vector<Action>& actions = found.read.actions;
    if (std::any_of(actions.begin(), actions.end(), [](const Action& one) { return one.in_configuration; }))
        return keep_all(store, root, "", found.files);
    for (const Action& action : actions) {
        const std::string path =
            action.script.empty() ? (action.file.empty() ? "" : "files/" + action.file) : "scripts/" + action.script;
        const bool is_known = std::any_of(found.files.files.begin(), found.files.files.end(),
                                          [&](const SourceFile& file) { return file.path == path; });
        if (!path.empty() && !is_known)
            ALBS_CHECK(told_of(action, found.shown, keep(store, root, path, found.files)));
    }
    return {};
}

/// The list of files of a record. Nothing, if the source was not debranded.
Result<std::optional<SourceTree>> recorded_files(const Session& session, const Source& source)
{
    if (source.transformations.empty())
        return std::optional<SourceTree>();
    const Transformation& only = source.transformations.front();
    if (source.transformations.size() > 1 || only.kind != "debrand" || !only.by)
        return fail(Kind::input, format_text("'{}' was changed in a way that is not known here", source.id));
    const store::Store& store = session.workspace.store();
    if (!store.has(*only.by))
        return fail(Kind::input, format_text("'{}' was debranded, and what told how is not in the store", source.id),
                    "give it with --debrand DIR, or name the workspace that has it with --workspace");
    ALBS_TRY(std::string list, store.read(*only.by));
    ALBS_TRY(SourceTree files, read_source_tree(list));
    return std::optional(std::move(files));
}

} // namespace

Result<std::optional<Configuration>> given_configuration(Session& session, const std::string& name)
{
    store::Store& store = session.workspace.store();
    const std::string root = session.options.debrand + "/" + name;
    struct stat status {};
    if (::stat(root.c_str(), &status) != 0 && errno != ENOENT && errno != ENOTDIR)
        return fail(Kind::input, sys::given_error("cannot open", root).value().message);
    if (!S_ISDIR(status.st_mode))
        return std::optional<Configuration>();
    auto names = sys::list_directory(root);
    if (!names)
        return fail(Kind::input, names.error().message);
    std::erase_if(*names, [](const std::string& file) { return !is_configuration(file); });
    if (names->empty())
        return std::optional<Configuration>();
    std::sort(names->begin(), names->end());
    std::vector<Configuration> all;
    for (const std::string& file : *names) {
        ALBS_TRY(Configuration one, read_file(store, root, file));
        all.push_back(std::move(one));
    }
    ALBS_TRY(Configuration found, choose(std::move(all), root, session.options.debrand_branch));
    ALBS_CHECK(keep_files(store, root, found));
    sort(found.files);
    return std::optional(std::move(found));
}

Result<std::optional<Configuration>> recorded_configuration(const Session& session, const Source& source)
{
    ALBS_TRY(std::optional<SourceTree> files, recorded_files(session, source));
    if (!files)
        return std::optional<Configuration>();
    const store::Store& store = session.workspace.store();
    for (const SourceFile& file : files->files) {
        if (!is_configuration(file.path))
            continue;
        ALBS_TRY(std::string text, store.read(file.sha256));
        ALBS_TRY(ReadActions read, read_actions(text, file.path));
        Configuration found{file.path, std::move(read), std::move(*files)};
        return std::optional(std::move(found));
    }
    return fail(Kind::input, format_text("what told how '{}' was debranded has no {}", source.id, main_file));
}

Result<std::optional<std::vector<std::string>>> recorded_suffixes(const Session& session, const Source& source)
{
    using Suffixes = std::optional<std::vector<std::string>>;
    const store::Store& store = session.workspace.store();
    if (source.transformations.empty() || !source.transformations.front().by ||
        !store.has(*source.transformations.front().by))
        return Suffixes();
    ALBS_TRY(std::optional<SourceTree> files, recorded_files(session, source));
    const SourceFile* list = files ? files->find(release_suffixes) : nullptr;
    if (list == nullptr)
        return Suffixes();
    ALBS_TRY(std::string text, store.read(list->sha256));
    return Suffixes(split_lines(text));
}

bool counts_releases(const Configuration& configuration)
{
    const std::vector<Action>& actions = configuration.read.actions;
    return std::any_of(actions.begin(), actions.end(), [](const Action& one) { return one.counts_tags; });
}

Status take_suffixes(store::Store& store, const std::vector<std::string>& suffixes, Configuration& configuration)
{
    std::size_t next = 0;
    for (Action& action : configuration.read.actions)
        if (action.counts_tags) {
            if (next == suffixes.size())
                return fail(Kind::input, format_text("'{}' has less than are counted", release_suffixes));
            action.suffix = suffixes[next++];
        }
    std::erase_if(configuration.files.files, [](const SourceFile& file) { return file.path == release_suffixes; });
    ALBS_TRY(sys::FileDigest digest, store.put_bytes(join(suffixes, "\n") + "\n"));
    configuration.files.files.push_back(
        {release_suffixes, std::string(SourceFile::plain), digest.sha256.hex(), digest.size});
    sort(configuration.files);
    return {};
}

} // namespace albs::fetch
