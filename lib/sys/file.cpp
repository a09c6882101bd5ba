// SPDX-License-Identifier: GPL-3.0-or-later
#include "sys/file.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <sys/stat.h>

#include "base/format.hpp"
#include "sys/fd.hpp"
#include "sys/output_file.hpp"
#include "sys/readable.hpp"
#include "sys/temporary.hpp"

namespace albs::sys {
namespace {

/// For a descriptor that does not block, as CI runners leave them to us: waits until it can go on.
void wait_for(int fd, short events)
{
    pollfd one{fd, events, 0};
    (void)::poll(&one, 1, -1);
}

/// From the descriptor's place to the end of the stream.
Status copy_bytes(int from, const std::string& from_name, int to, const std::string& to_name)
{
    return read_pieces(from, from_name, [&](std::string_view piece) { return write_all(to, piece, to_name); });
}

/// What a regular file has from the descriptor's place on; 0 of other things.
std::size_t size_left(int fd)
{
    struct stat status {};
    off_t place = ::lseek(fd, 0, SEEK_CUR);
    if (place < 0 || ::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size < place)
        return 0;
    return static_cast<std::size_t>(status.st_size - place);
}

} // namespace

Result<std::string> read_all(int fd, std::string_view subject, std::size_t limit)
{
    auto too_large = [&] { return fail(Kind::input, format_text("'{}' is larger than {} bytes", subject, limit)); };
    std::string text;
    const std::size_t size = size_left(fd);
    if (size > limit)
        return too_large();
    text.reserve(size);
    ALBS_CHECK(read_pieces(fd, subject, [&](std::string_view piece) -> Status {
        if (text.size() + piece.size() > limit)
            return too_large();
        text += piece;
        return {};
    }));
    return text;
}

Result<std::string> read_file(const std::string& path, std::size_t limit)
{
    ALBS_TRY(Fd file, open_readable(path));
    return read_all(file.get(), path, limit);
}

int write_bytes(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN) {
            wait_for(fd, POLLOUT);
            continue;
        }
        if (count < 0)
            return errno;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return 0;
}

Status write_all(int fd, std::string_view bytes, std::string_view subject)
{
    int number = write_bytes(fd, bytes);
    return number == 0 ? Status() : system_error("cannot write", subject, number);
}

Status sync_directory(const std::string& path)
{
    Fd directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory)
        return system_error("cannot open directory", path);
    if (::fsync(directory.get()) != 0 && errno != EINVAL)
        return system_error("cannot sync directory", path);
    return {};
}

namespace {

Status replace(const std::string& path, std::string_view bytes, unsigned mode, bool durable)
{
    ALBS_TRY(TemporaryFile file, TemporaryFile::beside(path));
    ALBS_CHECK(write_all(file.fd(), bytes, path));
    if (::fchmod(file.fd(), mode) != 0)
        return system_error("cannot set the mode of", path);
    return file.put_in_place(durable);
}

} // namespace

Status write_cache(const std::string& path, std::string_view bytes, unsigned mode)
{
    return replace(path, bytes, mode, false);
}

Status write_file(const std::string& path, std::string_view bytes, unsigned mode)
{
    // A device or FIFO is written to: root would put a file in the place of /dev/null.
    if (struct stat there{}; ::stat(path.c_str(), &there) == 0 && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode)) {
        Fd special(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
        if (!special)
            return system_error("cannot open", path);
        ALBS_CHECK(write_all(special.get(), bytes, path));
        return special.close() == 0 ? Status() : system_error("cannot close", path);
    }
    return replace(path, bytes, mode, true);
}

Status write_output(const std::string& path, std::string_view bytes)
{
    return put_output(path, [&](int fd) { return write_all(fd, bytes, path); });
}

Status rename_durably(const std::string& from, const std::string& to)
{
    Fd file(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return system_error("cannot open", from);
    if (::fsync(file.get()) != 0)
        return system_error("cannot sync", from);
    if (::rename(from.c_str(), to.c_str()) != 0)
        return system_error("cannot rename to", to);
    return sync_directory(directory_name(to));
}

bool exists(const std::string& path)
{
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0;
}

bool is_directory(const std::string& path)
{
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

Status make_directories(const std::string& path)
{
    std::error_code code;
    std::filesystem::create_directories(path, code);
    if (code && !is_directory(path))
        return system_error("cannot make directory", path, code.value());
    return {};
}

Status remove_tree(const std::string& path)
{
    std::error_code code;
    std::filesystem::remove_all(path, code);
    if (!code)
        return {};
    // Builds leave directories without write permission (mode 0555); open them up and try again.
    std::error_code ignored;
    if (std::filesystem::is_directory(std::filesystem::symlink_status(path, ignored)))
        std::filesystem::permissions(path, std::filesystem::perms::owner_all, std::filesystem::perm_options::add,
                                     ignored);
    std::filesystem::recursive_directory_iterator it(path, ignored);
    for (; !ignored && it != std::filesystem::recursive_directory_iterator(); it.increment(ignored))
        if (it->is_directory(ignored) && !it->is_symlink(ignored))
            std::filesystem::permissions(it->path(), std::filesystem::perms::owner_all,
                                         std::filesystem::perm_options::add, ignored);
    code.clear();
    std::filesystem::remove_all(path, code);
    if (code)
        return system_error("cannot remove", path, code.value());
    return {};
}

Status copy_file(const std::string& from, const std::string& to)
{
    ALBS_TRY(Fd source, open_readable(from));
    Fd target(::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (!target)
        return system_error("cannot create", to);
    ALBS_CHECK(copy_bytes(source.get(), from, target.get(), to));
    if (target.close() != 0)
        return system_error("cannot close", to);
    return {};
}

Status link_or_copy(const std::string& from, const std::string& to)
{
    ALBS_TRY(Fd source, open_readable(from));
    ALBS_TRY(TemporaryFile file, TemporaryFile::beside(to, 0644));
    // link(2) wants a name that is free: the temporary's own with a suffix, which nobody else has either.
    std::string linked = file.path() + "-link";
    register_temporary(linked);
    Status done = [&]() -> Status {
        // Of a symbolic link, the file that it leads to, as a copy has it.
        if (::linkat(AT_FDCWD, from.c_str(), AT_FDCWD, linked.c_str(), AT_SYMLINK_FOLLOW) != 0) {
            ALBS_CHECK(copy_bytes(source.get(), from, file.fd(), to));
            return file.put_in_place(false);
        }
        return ::rename(linked.c_str(), to.c_str()) == 0 ? Status() : system_error("cannot create", to);
    }();
    // rename(2) does nothing when both names are already the same file.
    (void)::unlink(linked.c_str());
    forget_temporary(linked);
    return done;
}

Result<std::vector<std::string>> list_directory(const std::string& path)
{
    std::error_code code;
    std::vector<std::string> names;
    std::filesystem::directory_iterator it(path, code);
    for (; !code && it != std::filesystem::directory_iterator(); it.increment(code))
        names.push_back(it->path().filename().string());
    if (code)
        return system_error("cannot list", path, code.value());
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::vector<std::string>> list_tree(const std::string& path)
{
    std::error_code code;
    std::vector<std::string> names;
    std::filesystem::recursive_directory_iterator it(path, code);
    for (; !code && it != std::filesystem::recursive_directory_iterator(); it.increment(code))
        if (it->is_regular_file(code) && !it->is_symlink(code))
            names.push_back(it->path().lexically_relative(path).string());
    if (code)
        return system_error("cannot list", path, code.value());
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::string> absolute_path(const std::string& path)
{
    std::error_code code;
    std::filesystem::path absolute = std::filesystem::absolute(path, code);
    if (code)
        return system_error("cannot resolve", path, code.value());
    return absolute.lexically_normal().string();
}

std::string base_name(std::string_view path)
{
    while (path.size() > 1 && path.back() == '/')
        path.remove_suffix(1);
    return std::string(path == "/" ? path : path.substr(path.rfind('/') + 1));
}

std::string directory_name(std::string_view path)
{
    std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos)
        return ".";
    return slash == 0 ? "/" : std::string(path.substr(0, slash));
}

} // namespace albs::sys
