// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/replace_file.hpp"

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

#include "sys/fd.hpp"
#include "sys/file.hpp"
#include "sys/read_up_to.hpp"
#include "sys/temporary.hpp"

namespace albs::sys {
namespace {

// Over an old file rename() makes ext4 write the new one out at once (auto_da_alloc), which takes as long as an fsync.
// Nothing here waits for the disk but the journal, so the two change places instead, and the old one goes.
bool take_place(const std::string& temporary, const std::string& path)
{
    if (::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE) == 0) {
        (void)::unlink(temporary.c_str());
        return true;
    }
    return ::rename(temporary.c_str(), path.c_str()) == 0;
}

Status replace_by(const std::string& temporary, const std::string& path, std::string_view bytes)
{
    auto open_new = [&] {
        return Fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
    };
    Fd file = open_new();
    if (!file && errno == ENOENT) {
        ALBS_CHECK(make_directories(directory_name(path)));
        file = open_new();
    }
    if (!file)
        return system_error("cannot create", temporary);
    Status written = write_all(file.get(), bytes, temporary);
    if (written && file.close() != 0)
        written = system_error("cannot close", temporary);
    if (written && !take_place(temporary, path))
        written = system_error("cannot replace", path);
    if (!written)
        (void)::unlink(temporary.c_str());
    return written;
}

} // namespace

Status replace_file(const std::string& path, std::string_view bytes)
{
    std::string temporary = path + ".tmp";
    register_temporary(temporary);
    Status replaced = replace_by(temporary, path, bytes);
    forget_temporary(temporary);
    return replaced;
}

Status write_at(const std::string& path, std::uint64_t offset, std::string_view bytes)
{
    Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!file)
        return system_error("cannot open", path);
    if (::ftruncate(file.get(), static_cast<off_t>(offset)) != 0 ||
        ::lseek(file.get(), static_cast<off_t>(offset), SEEK_SET) < 0)
        return system_error("cannot extend", path);
    ALBS_CHECK(write_all(file.get(), bytes, path));
    if (file.close() != 0)
        return system_error("cannot close", path);
    return {};
}

Status sync_file(const std::string& path)
{
    Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file)
        return system_error("cannot open", path);
    if (::fsync(file.get()) != 0)
        return system_error("cannot sync", path);
    return {};
}

Status sync_file_system(const std::string& directory)
{
    Fd file(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!file)
        return system_error("cannot open", directory);
    if (::syncfs(file.get()) != 0)
        return system_error("cannot sync", directory);
    return {};
}

Result<std::string> read_at(int fd, std::uint64_t offset, std::size_t size, const std::string& path)
{
    return read_up_to(size, path, [&](char* to, std::size_t count, std::size_t done) {
        return ::pread(fd, to, count, static_cast<off_t>(offset + done));
    });
}

} // namespace albs::sys
