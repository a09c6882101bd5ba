// SPDX-License-Identifier: GPL-3.0-or-later
#include "debrand_lists.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "sources.hpp"
#include "sys/file.hpp"

namespace albs::fetch {
namespace {

using distgit::Reference;

Result<distgit::References> references_of(const store::Store& store, const Source& source, const SourceTree& tree)
{
    distgit::Layout layout;
    layout.flat = source.layout == "flat";
    layout.sources = layout.flat ? "" : "SOURCES";
    distgit::References all;
    for (const SourceFile& file : tree.files)
        if (is_list(file.path) && file.path.find('/') == std::string::npos && file.mode != SourceFile::link) {
            ALBS_TRY(std::string text, store.read(file.sha256));
            ALBS_CHECK(distgit::read_references(layout, file.path, text, all));
        }
    return all;
}

const Reference* find(const std::vector<Reference>& files, const std::string& path)
{
    auto found = std::find_if(files.begin(), files.end(), [&](const Reference& one) { return one.path == path; });
    return found == files.end() ? nullptr : &*found;
}

bool says_the_same(const Reference& one, const Reference& other)
{
    return std::equal(one.digests.begin(), one.digests.end(), other.digests.begin(), other.digests.end(),
                      [](const distgit::ListedDigest& left, const distgit::ListedDigest& right) {
                          return left.algorithm == right.algorithm && left.hex == right.hex;
                      });
}

/// Removes a file that is what the old list named.
void remove_old(const SourceTree& before, const std::string& path, SourceTree& after)
{
    const SourceFile* old_file = before.find(path);
    std::erase_if(after.files, [&](const SourceFile& file) { return old_file != nullptr && file == *old_file; });
}

/// Lays out what is in the tree already where a list names it now, so that it is checked against the list.
Status lay_out_known(const store::Store& store, const SourceTree& tree, const Reference& wanted,
                     const std::string& directory)
{
    for (const SourceFile& file : tree.files)
        if (file.path == wanted.path) {
            if (file.mode == SourceFile::link)
                return fail(Kind::input,
                            format_text("'{}' is listed as a file of the lookaside, and is a link", file.path));
            ALBS_CHECK(distgit::prepare_parent(directory, file.path));
            ALBS_TRY(std::string object, store.path(file.sha256));
            ALBS_CHECK(sys::copy_file(object, directory + "/" + file.path));
        }
    return {};
}

void put(const LookasideFile& file, SourceTree& tree)
{
    for (const SourceFile& known : tree.files)
        if (known.path == file.path)
            return;
    tree.files.push_back({file.path, std::string(SourceFile::plain), file.sha256, file.size});
}

} // namespace

bool is_list(const std::string& path)
{
    const std::string name = sys::base_name(path);
    return name == "sources" || (name.starts_with('.') && name.ends_with(".metadata"));
}

Result<std::vector<LookasideFile>> follow_lists(Session& session, const LookasidePlace& place, const Source& source,
                                                const SourceTree& before, SourceTree& after)
{
    const store::Store& store = session.workspace.store();
    ALBS_TRY(distgit::References old_files, references_of(store, source, before));
    ALBS_TRY(distgit::References new_files, references_of(store, source, after));
    for (const Reference& file : old_files.files())
        if (find(new_files.files(), file.path) == nullptr)
            remove_old(before, file.path, after);
    std::vector<Reference> changed;
    for (const Reference& file : new_files.files()) {
        const Reference* old_file = find(old_files.files(), file.path);
        if (old_file != nullptr && says_the_same(file, *old_file))
            continue;
        if (old_file != nullptr)
            remove_old(before, file.path, after);
        changed.push_back(file);
    }
    if (changed.empty())
        return std::vector<LookasideFile>();
    ALBS_TRY(sys::TemporaryDirectory directory, scratch(session));
    for (const Reference& file : changed)
        ALBS_CHECK(lay_out_known(store, after, file, directory.path()));
    ALBS_TRY(std::vector<LookasideFile> got, get_lookaside(session, place, directory.path(), changed, 1));
    for (const LookasideFile& file : got)
        put(file, after);
    return got;
}

} // namespace albs::fetch
