// SPDX-License-Identifier: GPL-3.0-or-later
#include "distgit/lfs.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.hpp"
#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs::distgit {
namespace {

constexpr off_t max_pointer = 1024; ///< "a pointer file … less than 1024 bytes"

Status take(const std::string& tree, const std::string& path, References& references)
{
    ALBS_TRY(std::vector<std::string> names, sys::list_directory(tree + "/" + path));
    for (const std::string& name : names) {
        std::string inner = path.empty() ? name : path + "/" + name;
        std::string file = tree + "/" + inner;
        struct stat status {};
        if (::lstat(file.c_str(), &status) != 0)
            return sys::system_error("cannot read", file);
        if (S_ISDIR(status.st_mode))
            ALBS_CHECK(take(tree, inner, references));
        if (!S_ISREG(status.st_mode) || status.st_size >= max_pointer)
            continue;
        ALBS_TRY(std::string text, sys::read_file(file));
        std::optional<std::string> digest = read_lfs_pointer(text);
        if (!digest)
            continue;
        ALBS_CHECK(references.add(inner, {Algorithm::sha256, *digest, "its Git LFS pointer"}));
        if (::unlink(file.c_str()) != 0)
            return sys::system_error("cannot remove", file);
    }
    return {};
}

} // namespace

std::optional<std::string> read_lfs_pointer(std::string_view text)
{
    if (!text.starts_with("version https://git-lfs.github.com/spec/v1\n"))
        return std::nullopt;
    constexpr std::string_view key = "\noid sha256:";
    std::size_t at = text.find(key);
    if (at == text.npos)
        return std::nullopt;
    std::string_view hex = text.substr(at + key.size(), 64);
    if (!Digest::parse(hex) || text.substr(at + key.size() + hex.size(), 1) != "\n")
        return std::nullopt;
    return std::string(hex);
}

Status take_lfs_pointers(const std::string& tree, References& references)
{
    return take(tree, "", references);
}

} // namespace albs::distgit
