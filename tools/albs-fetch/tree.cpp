// SPDX-License-Identifier: GPL-3.0-or-later
#include "tree.hpp"

#include <algorithm>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

#include "albs/manifest/source_tree.hpp"
#include "base/format.hpp"
#include "base/utf8.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"

namespace albs::fetch {
namespace {

class Keeper {
public:
    Keeper(store::Store& store, const std::string& root, const std::vector<LookasideFile>& lookaside)
        : store_(store), root_(root)
    {
        for (const LookasideFile& file : lookaside)
            known_[file.path] = &file;
    }

    Status keep_directory(const std::string& path)
    {
        ALBS_TRY(std::vector<std::string> names, sys::list_directory(root_ + "/" + path));
        for (const std::string& name : names) {
            if (!is_plain_name(name))
                return fail(Kind::input,
                            format_text("a file in '{}/' has a name that is no UTF-8, or has a control character: '{}'",
                                        path, as_utf8(name)));
            ALBS_CHECK(keep(path.empty() ? name : path + "/" + name));
        }
        return {};
    }

    SourceTree tree;

private:
    Status keep(const std::string& path)
    {
        struct stat status {};
        const std::string place = root_ + "/" + path;
        if (::lstat(place.c_str(), &status) != 0)
            return sys::system_error("cannot read", place);
        if (S_ISDIR(status.st_mode))
            return keep_directory(path);
        if (S_ISLNK(status.st_mode))
            return keep_link(path);
        ALBS_TRY(sys::FileDigest digest, keep_file(path));
        bool may_run = (status.st_mode & 0111) != 0;
        add(path, may_run ? SourceFile::executable : SourceFile::plain, digest);
        return {};
    }

    Status keep_link(const std::string& path)
    {
        char target[4096];
        ssize_t length = ::readlink((root_ + "/" + path).c_str(), target, sizeof target);
        if (length < 0)
            return sys::system_error("cannot read", root_ + "/" + path);
        ALBS_TRY(sys::FileDigest digest, store_.put_bytes(std::string_view(target, static_cast<std::size_t>(length))));
        add(path, SourceFile::link, digest);
        return {};
    }

    Result<sys::FileDigest> keep_file(const std::string& path)
    {
        const std::string place = root_ + "/" + path;
        if (auto known = known_.find(path); known != known_.end() && store_.has(known->second->sha256)) {
            ALBS_TRY(Digest digest, Digest::parse(known->second->sha256));
            return sys::FileDigest{digest, known->second->size};
        }
        ALBS_TRY(sys::FileDigest digest, sys::digest_file(place));
        ALBS_CHECK(store_.adopt_file(place, digest));
        return digest;
    }

    void add(const std::string& path, std::string_view mode, const sys::FileDigest& digest)
    {
        tree.files.push_back({path, std::string(mode), digest.sha256.hex(), digest.size});
    }

    store::Store& store_;
    const std::string& root_;
    std::map<std::string, const LookasideFile*> known_;
};

} // namespace

bool is_plain_name(const std::string& name)
{
    return as_utf8(name) == name && std::none_of(name.begin(), name.end(), [](char letter) {
               return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
           });
}

Result<Artifact> store_tree(Session& session, const std::string& directory, const std::string& name,
                            const std::vector<LookasideFile>& lookaside)
{
    store::Store& store = session.workspace.store();
    Keeper keeper(store, directory, lookaside);
    ALBS_CHECK(keeper.keep_directory(""));
    ALBS_TRY(sys::FileDigest digest, store.put_bytes(write_source_tree(std::move(keeper.tree))));
    return tree_artifact(name, digest.sha256.hex(), digest.size);
}

Artifact tree_artifact(const std::string& name, const std::string& sha256, std::int64_t size)
{
    return Artifact{.sha256 = sha256,
                    .size = size,
                    .name = name + ".source-tree.json",
                    .kind = "source-tree",
                    .rpm = {},
                    .unsigned_sha256 = {}};
}

} // namespace albs::fetch
