// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/lay_out_tree.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::store {
namespace {

constexpr std::size_t max_link = 4095; ///< bytes of a target

} // namespace

Result<SourceTree> stored_tree(const Store& store, const std::string& sha256)
{
    ALBS_TRY(std::string text, store.read(sha256));
    auto tree = read_source_tree(text);
    if (!tree)
        return fail(std::move(tree).error(), "source tree " + sha256);
    return tree;
}

Status make_directory(const std::string& path, mode_t mode)
{
    ALBS_CHECK(sys::make_directories(path));
    if (::chmod(path.c_str(), mode) != 0)
        return sys::system_error("cannot set the mode of", path);
    return {};
}

Status lay_out_file(const Store& store, const SourceFile& file, const std::string& directory, std::int64_t time)
{
    const std::string path = directory + "/" + file.path;
    for (std::size_t slash = file.path.find('/'); slash != file.path.npos; slash = file.path.find('/', slash + 1))
        ALBS_CHECK(make_directory(directory + "/" + file.path.substr(0, slash)));
    if (file.mode == SourceFile::link) {
        ALBS_TRY(std::string target, store.read(file.sha256));
        if (target.size() > max_link || target.find('\0') != target.npos)
            return fail(Kind::input, "'" + file.path + "' is no symbolic link");
        if (::symlink(target.c_str(), path.c_str()) != 0)
            return sys::system_error("cannot link", path);
    } else {
        ALBS_TRY(std::string object, store.path(file.sha256));
        ALBS_CHECK(sys::copy_file(object, path));
        if (::chmod(path.c_str(), file.mode == SourceFile::executable ? 0755 : 0644) != 0)
            return sys::system_error("cannot set the mode of", path);
    }
    timespec stamp{.tv_sec = static_cast<time_t>(time), .tv_nsec = 0};
    const timespec times[2] = {stamp, stamp};
    if (::utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW) != 0)
        return sys::system_error("cannot set the times of", path);
    return {};
}

Status lay_out_tree(const Store& store, const SourceTree& tree, const std::string& directory, std::int64_t time)
{
    ALBS_CHECK(make_directory(directory));
    for (const SourceFile& file : tree.files)
        ALBS_CHECK(lay_out_file(store, file, directory, time));
    return {};
}

} // namespace albs::store
