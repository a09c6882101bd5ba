// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/temporary.hpp"

namespace albs::store {

Result<Store> Store::open(const std::string& root)
{
    ALBS_CHECK(sys::make_directories(root + "/sha256"));
    return Store(root);
}

Result<std::string> Store::object_path(std::string_view sha256) const
{
    ALBS_TRY(Digest digest, Digest::parse(sha256));
    std::string hex = digest.hex();
    return root_ + "/sha256/" + hex.substr(0, 2) + "/" + hex;
}

bool Store::has(std::string_view sha256) const
{
    auto path = object_path(sha256);
    return path && sys::exists(*path);
}

Result<FileDigest> Store::put_file(const std::string& path)
{
    ALBS_TRY(FileDigest digest, digest_file(path));
    ALBS_TRY(std::string target, object_path(digest.sha256.hex()));
    if (sys::exists(target)) {
        ALBS_CHECK(this->path(digest.sha256.hex()));
        return digest;
    }
    ALBS_CHECK(sys::make_directories(sys::directory_name(target)));
    // The digest is of the copy as it lies in the store, whatever happens to the original meanwhile.
    std::string temporary = target + ".tmp-" + std::to_string(::getpid());
    sys::register_temporary(temporary);
    auto copy = [&]() -> Result<FileDigest> {
        ALBS_CHECK(sys::copy_file(path, temporary));
        ALBS_TRY(FileDigest copied, digest_file(temporary));
        if (copied.sha256 != digest.sha256)
            return fail(Kind::environment, "'" + path + "' changed while it was copied");
        if (::chmod(temporary.c_str(), 0444) != 0)
            return sys::system_error("cannot set the mode of", temporary);
        ALBS_CHECK(sys::rename_durably(temporary, target));
        return copied;
    };
    Result<FileDigest> done = copy();
    if (!done)
        (void)::unlink(temporary.c_str());
    sys::forget_temporary(temporary);
    return done;
}

Status Store::adopt_file(const std::string& path, const FileDigest& digest)
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
    struct stat from{};
    struct stat to{};
    if (::stat(path.c_str(), &from) == 0 && ::stat(sys::directory_name(target).c_str(), &to) == 0 &&
        from.st_dev == to.st_dev)
        return sys::rename_durably(path, target);
    ALBS_TRY(FileDigest copied, put_file(path));
    if (copied.sha256 != digest.sha256)
        return fail(Kind::environment, "'" + path + "' changed while it was copied");
    (void)::unlink(path.c_str());
    return {};
}

Result<FileDigest> Store::put_bytes(std::string_view bytes)
{
    FileDigest digest{sha256(bytes), static_cast<std::int64_t>(bytes.size())};
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
    ALBS_TRY(FileDigest digest, digest_file(path));
    if (digest.sha256.hex() != sha256)
        return fail(Kind::trust, "store object '" + path + "' was changed: its SHA-256 is " + digest.sha256.hex(),
                    "move it away and run the stage that made it again");
    return path;
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
    ALBS_TRY(FileDigest digest, put_file(path));
    return Artifact{.sha256 = digest.sha256.hex(), .size = digest.size, .name = name, .kind = kind, .rpm = {},
                    .unsigned_sha256 = {}};
}

Status Store::lay_out(std::string_view sha256, const std::string& directory, const std::string& name) const
{
    ALBS_TRY(std::string from, path(sha256));
    ALBS_CHECK(sys::make_directories(directory));
    return sys::link_or_copy(from, directory + "/" + name);
}

} // namespace albs::store
