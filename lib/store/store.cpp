// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.hpp"

#include <array>
#include <sys/stat.h>

#include "base/format.hpp"
#include "sys/file.hpp"
#include "sys/hash_file.hpp"
#include "sys/readable.hpp"
#include "sys/temporary.hpp"

namespace albs::store {
namespace {

Result<sys::FileDigest> copy_hashing(int from, const std::string& name, int to)
{
    Hasher hasher;
    sys::FileDigest result;
    ALBS_CHECK(sys::read_pieces(from, name, [&](std::string_view piece) {
        hasher.update(piece);
        result.size += static_cast<std::int64_t>(piece.size());
        return sys::write_all(to, piece, "the store");
    }));
    result.sha256 = hasher.finish();
    return result;
}

} // namespace

Result<Store> Store::open(const std::string& root)
{
    ALBS_CHECK(sys::make_directories(root + "/sha256"));
    return Store(root);
}

Result<std::string> Store::object_path(std::string_view sha256) const
{
    ALBS_TRY(Digest digest, Digest::parse(sha256));
    std::string hex = digest.hex();
    return format_text("{}/sha256/{}/{}", root_, hex.substr(0, 2), hex);
}

bool Store::has(std::string_view sha256) const
{
    auto path = object_path(sha256);
    return path && sys::exists(*path);
}

Result<sys::FileDigest> Store::put_file(const std::string& path)
{
    ALBS_TRY(sys::Fd source, sys::open_readable(path));
    ALBS_TRY(auto copy, sys::TemporaryFile::beside(root_ + "/sha256/object"));
    // Read once: the digest is of the very bytes that are written, whatever happens to the original meanwhile.
    ALBS_TRY(sys::FileDigest digest, copy_hashing(source.get(), path, copy.fd()));
    std::string hex = digest.sha256.hex();
    if (has(hex)) {
        ALBS_CHECK(this->path(hex));
        return digest;
    }
    if (::fchmod(copy.fd(), 0444) != 0)
        return sys::system_error("cannot set the mode of", copy.path());
    ALBS_TRY(std::string target, object_path(hex));
    ALBS_CHECK(sys::make_directories(sys::directory_name(target)));
    ALBS_CHECK(copy.put_in_place_as(target));
    return digest;
}

Status Store::adopt_file(const std::string& path, const sys::FileDigest& digest)
{
    ALBS_TRY(std::string target, object_path(digest.sha256.hex()));
    if (sys::exists(target)) {
        ALBS_CHECK(this->path(digest.sha256.hex()));
        (void)::unlink(path.c_str());
        return {};
    }
    ALBS_CHECK(sys::make_directories(sys::directory_name(target)));
    if (::chmod(path.c_str(), 0444) != 0)
        return sys::system_error("cannot set the mode of", path);
    struct stat from {};
    struct stat to {};
    if (::stat(path.c_str(), &from) == 0 && ::stat(sys::directory_name(target).c_str(), &to) == 0 &&
        from.st_dev == to.st_dev && from.st_uid == ::geteuid()) // else it is another's, who may change it
        return sys::rename_durably(path, target);
    ALBS_TRY(sys::FileDigest copied, put_file(path));
    if (copied.sha256 != digest.sha256)
        return fail(Kind::environment, "'" + path + "' changed while it was copied");
    (void)::unlink(path.c_str());
    return {};
}

Result<sys::FileDigest> Store::put_bytes(std::string_view bytes)
{
    sys::FileDigest digest{sha256(bytes), static_cast<std::int64_t>(bytes.size())};
    ALBS_TRY(std::string target, object_path(digest.sha256.hex()));
    if (sys::exists(target)) {
        ALBS_CHECK(this->path(digest.sha256.hex()));
        return digest;
    }
    ALBS_CHECK(sys::make_directories(sys::directory_name(target)));
    ALBS_CHECK(sys::write_file(target, bytes, 0444));
    return digest;
}

Result<std::string> Store::path(std::string_view sha256) const
{
    ALBS_TRY(std::string path, object_path(sha256));
    if (!sys::exists(path))
        return fail(Kind::input, "the store has no object " + std::string(sha256),
                    "use the --workspace that the manifest was made in, or copy its store/ here");
    ALBS_TRY(sys::FileDigest digest, sys::digest_file(path));
    if (digest.sha256.hex() != sha256)
        return fail(Kind::trust, "store object '" + path + "' was changed: its SHA-256 is " + digest.sha256.hex(),
                    "move it away and run the stage that made it again");
    return path;
}

Result<Store::Object> Store::path(std::string_view sha256, Algorithm also) const
{
    ALBS_TRY(std::string path, object_path(sha256));
    if (!sys::exists(path))
        return fail(this->path(sha256).error(), "store");
    const std::array algorithms{Algorithm::sha256, also};
    ALBS_TRY(std::vector<std::string> digests, sys::digest_file(path, algorithms));
    if (digests[0] != sha256)
        ALBS_CHECK(this->path(sha256));
    return Object{std::move(path), std::move(digests[1])};
}

Result<std::string> Store::read(std::string_view sha256) const
{
    ALBS_TRY(std::string path, object_path(sha256));
    if (!sys::exists(path))
        return this->path(sha256);
    ALBS_TRY(std::string bytes, sys::read_file(path));
    if (albs::sha256(bytes).hex() != sha256)
        return this->path(sha256);
    return bytes;
}

Result<Artifact> Store::add_artifact(const std::string& path, const std::string& name, const std::string& kind)
{
    ALBS_TRY(sys::FileDigest digest, put_file(path));
    return Artifact{.sha256 = digest.sha256.hex(),
                    .size = digest.size,
                    .name = name,
                    .kind = kind,
                    .rpm = {},
                    .unsigned_sha256 = {}};
}

Status Store::lay_out(std::string_view sha256, const std::string& directory, const std::string& name) const
{
    ALBS_TRY(std::string from, path(sha256));
    ALBS_CHECK(sys::make_directories(directory));
    return sys::link_or_copy(from, directory + "/" + name);
}

} // namespace albs::store
