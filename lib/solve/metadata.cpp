// SPDX-License-Identifier: GPL-3.0-or-later
// Repository metadata (rpm-md): repomd.xml names the other files with their checksums, primary has the packages.
#include <algorithm>
#include <cstdio>

#include "base/digest.hpp"
#include "base/format.hpp"
#include "solve/library.hpp"
#include "solve/libsolv.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"

namespace albs::solve {
namespace {

Status check(const Pool::NamedFile& file, const std::string& directory, const std::string& repository)
{
    if (file.path.find("..") != std::string::npos || file.path.starts_with('/'))
        return fail(Kind::input,
                    format_text("repository '{}' names a file outside of itself: '{}'", repository, file.path));
    if (file.sha256.empty())
        return fail(Kind::input, format_text("repository '{}' has no SHA-256 of '{}'", repository, file.path),
                    "createrepo_c writes it by default");
    ALBS_TRY(sys::FileDigest digest, sys::digest_file(directory + "/" + file.path));
    if (digest.sha256.hex() != file.sha256)
        return fail(Kind::trust, format_text("'{}/{}' is not what repomd.xml says: SHA-256 is {}, not {}", directory,
                                             file.path, digest.sha256.hex(), file.sha256));
    return {};
}

} // namespace

Result<FileHandle> open_metadata(const std::string& path)
{
    FileHandle file(solv_xfopen(path.c_str(), "r"), std::fclose);
    if (!file)
        return sys::system_error("cannot open", path);
    return file;
}

Result<std::vector<Pool::NamedFile>> Library::read_repomd(const std::string& path) const
{
    ALBS_TRY(Pool::Index index, read_index(path));
    return std::move(index.files);
}

Result<Pool::Index> Library::read_index(const std::string& path) const
{
    std::unique_ptr<::Pool, decltype(&pool_free)> pool(pool_create(), pool_free);
    Repo* repo = repo_create(pool.get(), "repomd");
    ALBS_TRY(FileHandle file, open_metadata(path));
    if (repo_add_repomdxml(repo, file.get(), 0) != 0)
        return fail(Kind::input, "'" + path + "' cannot be parsed: " + pool_errstr(pool.get()));
    Pool::Index index;
    std::vector<Pool::NamedFile>& list = index.files;
    if (const char* revision = repo_lookup_str(repo, SOLVID_META, REPOSITORY_REVISION))
        index.revision = revision;
    Dataiterator each;
    dataiterator_init(&each, pool.get(), repo, SOLVID_META, REPOSITORY_REPOMD_TYPE, nullptr, 0);
    dataiterator_prepend_keyname(&each, REPOSITORY_REPOMD);
    while (dataiterator_step(&each) != 0) {
        Pool::NamedFile named;
        dataiterator_setpos_parent(&each);
        const char* kind = pool_lookup_str(pool.get(), SOLVID_POS, REPOSITORY_REPOMD_TYPE);
        const char* location = pool_lookup_str(pool.get(), SOLVID_POS, REPOSITORY_REPOMD_LOCATION);
        Id type = 0;
        const char* sum = pool_lookup_checksum(pool.get(), SOLVID_POS, REPOSITORY_REPOMD_CHECKSUM, &type);
        named.type = kind == nullptr ? "" : kind;
        named.path = location == nullptr ? "" : location;
        if (sum != nullptr) {
            named.algorithm = solv_chksum_type2str(type);
            named.checksum = sum;
            named.sha256 = type == REPOKEY_TYPE_SHA256 ? sum : "";
        }
        named.size = static_cast<std::int64_t>(pool_lookup_num(pool.get(), SOLVID_POS, REPOSITORY_REPOMD_SIZE, 0));
        list.push_back(std::move(named));
    }
    dataiterator_free(&each);
    if (list.empty())
        return fail(Kind::input, "'" + path + "' names no files: it is no repomd.xml");
    return index;
}

Result<std::string> Library::read_metadata(const std::string& path) const
{
    ALBS_TRY(FileHandle file, open_metadata(path));
    std::string text;
    std::string piece(std::size_t{64} * 1024, '\0');
    while (std::size_t count = std::fread(piece.data(), 1, piece.size(), file.get())) {
        text.append(piece, 0, count);
        if (text.size() > std::size_t{1} << 30)
            return fail(Kind::input, "'" + path + "' is larger than 1 GiB when decompressed");
    }
    if (std::ferror(file.get()) != 0)
        return fail(Kind::input, "'" + path + "' cannot be decompressed");
    return text;
}

Status Pool::add_tree(const std::string& repository, const std::string& directory)
{
    std::string index = directory + "/repodata/repomd.xml";
    if (!sys::exists(index))
        return fail(Kind::input, format_text("'{}' is no repository: there is no repodata/repomd.xml", directory),
                    format_text("createrepo_c '{}' makes it", directory));
    ALBS_TRY(std::vector<NamedFile> files, library().read_repomd(index));
    Metadata metadata;
    for (const NamedFile& file : files) {
        if (file.type != "primary" && file.type != "filelists")
            continue;
        ALBS_CHECK(check(file, directory, repository));
        (file.type == "primary" ? metadata.primary : metadata.filelists) = directory + "/" + file.path;
    }
    if (metadata.primary.empty())
        return fail(Kind::input, "repository '" + repository + "' has no primary metadata");
    return add_metadata(repository, metadata);
}

Status Pool::add_metadata(const std::string& repository, const Metadata& files)
{
    Repo* repo = state_->repository(repository);
    state_->partial = state_->partial || (files.filelists.empty() && files.partial);
    ALBS_TRY(FileHandle primary, open_metadata(files.primary));
    if (repo_add_rpmmd(repo, primary.get(), nullptr, 0) != 0)
        return fail(Kind::input, "'" + files.primary + "' cannot be parsed: " + pool_errstr(state_->pool.get()));
    if (files.filelists.empty())
        return {};
    ALBS_TRY(FileHandle filelists, open_metadata(files.filelists));
    // The file lists of packages that are known from primary.
    if (repo_add_rpmmd(repo, filelists.get(), "FL", REPO_EXTEND_SOLVABLES) != 0)
        return fail(Kind::input, "'" + files.filelists + "' cannot be parsed: " + pool_errstr(state_->pool.get()));
    return {};
}

} // namespace albs::solve
