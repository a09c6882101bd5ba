// SPDX-License-Identifier: GPL-3.0-or-later
#include "debrand_tree.hpp"

#include <algorithm>
#include <fnmatch.h>

#include "base/format.hpp"
#include "base/text.hpp"
#include "debrand_lists.hpp"
#include "sys/file.hpp"

namespace albs::fetch {
namespace {

constexpr std::string_view spec = "spec";

/// The last components of the path match those of the pattern.
bool ends_like(const std::string& path, const std::string& pattern)
{
    auto components = std::count(pattern.begin(), pattern.end(), '/') + 1;
    std::size_t start = path.size();
    while (components-- > 0) {
        if (start == 0)
            return false;
        std::size_t slash = path.rfind('/', start - 1);
        start = slash == path.npos ? 0 : slash;
    }
    const std::string end = path.substr(start == 0 ? 0 : start + 1);
    return ::fnmatch(pattern.c_str(), end.c_str(), FNM_PATHNAME | FNM_NOESCAPE) == 0;
}

} // namespace

std::vector<std::size_t> DebrandedTree::matching(const std::string& target) const
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < tree.files.size(); ++i) {
        const SourceFile& file = tree.files[i];
        if (file.mode != SourceFile::link && !file.path.starts_with("tests/") &&
            ends_like(file.path, target == spec ? "*.spec" : target))
            found.push_back(i);
    }
    return found;
}

Result<std::size_t> DebrandedTree::only(const std::string& target) const
{
    const std::vector<std::size_t> found = matching(target);
    if (found.empty())
        return fail(Kind::input, format_text("there is no file '{}'", target));
    if (found.size() > 1)
        return fail(Kind::input, format_text("'{}' is more than one file: '{}' and '{}'", target,
                                             tree.files[found[0]].path, tree.files[found[1]].path));
    return found.front();
}

Status DebrandedTree::edit(std::size_t at, const Edit& edit)
{
    SourceFile& file = tree.files[at];
    ALBS_TRY(std::string text, store_.read(file.sha256));
    Lines lines = split_lines(text);
    Status edited = edit(lines);
    if (!edited)
        return fail(std::move(edited).error(), "'" + file.path + "'");
    ALBS_TRY(sys::FileDigest digest, store_.put_bytes(lines.empty() ? std::string() : join(lines, "\n") + "\n"));
    file.sha256 = digest.sha256.hex();
    file.size = digest.size;
    return {};
}

Status DebrandedTree::edit_spec(const Edit& edit)
{
    ALBS_TRY(std::size_t at, only(std::string(spec)));
    return this->edit(at, edit);
}

Result<std::string> DebrandedTree::spec_path() const
{
    ALBS_TRY(std::size_t at, only(std::string(spec)));
    return tree.files[at].path;
}

Result<Lines> DebrandedTree::spec_lines() const
{
    ALBS_TRY(std::size_t at, only(std::string(spec)));
    ALBS_TRY(std::string text, store_.read(tree.files[at].sha256));
    return split_lines(text);
}

Status DebrandedTree::replace_in_all(const Action& action)
{
    const std::vector<std::size_t> found = matching(action.target);
    if (action.target == spec || found.empty()) {
        ALBS_TRY(std::size_t at, only(action.target));
        return edit(at, [&](Lines& lines) { return replace(lines, action, action.target == spec); });
    }
    for (std::size_t at : found)
        ALBS_CHECK(edit(at, [&](Lines& lines) { return replace(lines, action, false); }));
    return {};
}

Status DebrandedTree::add_file(const Action& action)
{
    if (action.modify_spec) {
        const std::vector<std::size_t> series = matching("*.patches");
        const PatchSeries what{package_ == "kernel", !series.empty()};
        auto add = [&](Lines& lines) { return add_to_spec(lines, action, what); };
        if (action.is_patch && what.has_a_file)
            ALBS_CHECK(edit(series.front(), add));
        else
            ALBS_CHECK(edit_spec(add));
    }
    const bool has_folders = std::any_of(tree.files.begin(), tree.files.end(),
                                         [](const SourceFile& file) { return file.path.starts_with("SPECS/"); });
    const std::string path = (has_folders ? "SOURCES/" : "") + action.file;
    if (std::any_of(tree.files.begin(), tree.files.end(), [&](const SourceFile& file) { return file.path == path; }))
        return fail(Kind::input, format_text("'{}' is there already", path));
    const SourceFile* file = added_.find("files/" + action.file);
    if (file == nullptr)
        return fail(Kind::input, format_text("there is no 'files/{}'", action.file));
    // What a script of the configuration left; where it leads in there says nothing of the package.
    if (file->mode == SourceFile::link)
        return fail(Kind::input, format_text("'files/{}' is a symbolic link", action.file));
    tree.files.push_back({path, file->mode, file->sha256, file->size});
    return {};
}

/// The line of a lookaside file in the list that names it.
Result<bool> DebrandedTree::delete_from_lists(const std::string& name)
{
    bool deleted = false;
    for (std::size_t at = 0; at < tree.files.size(); ++at) {
        if (!is_list(tree.files[at].path) || tree.files[at].mode == SourceFile::link)
            continue;
        ALBS_CHECK(edit(at, [&](Lines& lines) -> Status {
            auto names_it = [&](const std::string& line) {
                const std::vector<std::string> words = split_words(line);
                return (words.size() == 4 && words[1] == "(" + name + ")") ||
                       (words.size() == 2 && (words[1] == name || words[1].ends_with("/" + name)));
            };
            auto gone = std::remove_if(lines.begin(), lines.end(), names_it);
            deleted = deleted || gone != lines.end();
            lines.erase(gone, lines.end());
            return {};
        }));
    }
    return deleted;
}

Status DebrandedTree::delete_file(const std::string& name)
{
    if (is_list(name))
        return fail(Kind::input, format_text("'{}' is the list of files: delete these", name));
    ALBS_TRY(std::size_t at, only(name));
    const std::string path = tree.files[at].path;
    tree.files.erase(tree.files.begin() + static_cast<std::ptrdiff_t>(at));
    ALBS_TRY([[maybe_unused]] bool listed, delete_from_lists(sys::base_name(path)));
    return {};
}

Status DebrandedTree::act(const Action& action)
{
    if (action.action == "replace")
        return replace_in_all(action);
    if (action.action == "add_files")
        return add_file(action);
    if (action.action == "delete_files")
        return delete_file(action.target);
    if (action.action == "modify_release")
        return edit_spec([&](Lines& lines) { return modify_release(lines, action.suffix); });
    if (action.action == "add_line")
        return edit_spec([&](Lines& lines) { return add_to_section(lines, action); });
    ALBS_TRY(std::size_t at, only(action.target));
    // As in a file that is read anew for each.
    for (const std::string& block : action.texts)
        ALBS_CHECK(edit(at, [&](Lines& lines) { return delete_block(lines, block, action.target == spec); }));
    return {};
}

} // namespace albs::fetch
