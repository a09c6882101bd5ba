// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/manifest/source_tree.hpp"

#include <algorithm>
#include <set>

#include "albs/json/fields.hpp"
#include "albs/json/value.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

constexpr const char* schema = "albs.source-tree/1";

Result<SourceFile> read_file(const Json& from)
{
    Fields fields(from);
    SourceFile file;
    file.path = fields.relative_path("path");
    file.mode = fields.one_of("mode", {SourceFile::plain, SourceFile::executable, SourceFile::link});
    file.sha256 = fields.sha256("sha256");
    file.size = fields.size("size");
    ALBS_CHECK(fields.done());
    return file;
}

/// Each part of a path but the last is a directory, and so no file.
Status check_paths(const SourceTree& tree)
{
    std::set<std::string_view> files;
    for (const SourceFile& file : tree.files)
        if (!files.insert(file.path).second)
            return fail(Kind::input, format_text("it names '{}' twice", file.path));
    for (const SourceFile& file : tree.files) {
        std::string_view path = file.path;
        for (std::size_t slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1))
            if (files.contains(path.substr(0, slash)))
                return fail(Kind::input,
                            format_text("it has '{}', and a file in the place of a directory above it", file.path));
    }
    return {};
}

} // namespace

const SourceFile* SourceTree::find(std::string_view path) const
{
    auto found = std::lower_bound(files.begin(), files.end(), path,
                                  [](const SourceFile& file, std::string_view wanted) { return file.path < wanted; });
    return found == files.end() || found->path != path ? nullptr : &*found;
}

std::string write_source_tree(SourceTree tree)
{
    std::sort(tree.files.begin(), tree.files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    Json files = Json::array();
    for (const SourceFile& file : tree.files)
        files.push(
            Json::object({{"path", file.path}, {"mode", file.mode}, {"sha256", file.sha256}, {"size", file.size}}));
    return canonical_json(Json::object({{"schema", schema}, {"files", std::move(files)}}));
}

Result<SourceTree> read_source_tree(std::string_view text)
{
    ALBS_TRY(Json document, read_json(text));
    if (text_member(document, "schema") != schema)
        return fail(Kind::input, format_text("its schema is not '{}'", schema));
    Fields fields(document);
    SourceTree tree;
    for (const Json* each : fields.objects("files")) {
        auto file = read_file(*each);
        if (!file)
            return fail(std::move(file).error(), "files");
        tree.files.push_back(*std::move(file));
    }
    ALBS_CHECK(fields.done());
    ALBS_CHECK(check_paths(tree));
    if (write_source_tree(tree) != text)
        return fail(Kind::input, "it is not in canonical form, or its files are not sorted by path");
    return tree;
}

} // namespace albs
