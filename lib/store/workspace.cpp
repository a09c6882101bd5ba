// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/workspace.hpp"

#include <cstdlib>

#include "base/format.hpp"
#include "sys/file.hpp"

namespace albs::store {

std::string workspace_path(const std::string& option)
{
    if (!option.empty())
        return option;
    const char* configured = std::getenv("ALBS_WORKSPACE");
    return configured != nullptr && *configured != '\0' ? configured : ".albs";
}

Result<Workspace> Workspace::open(const std::string& path)
{
    ALBS_TRY(std::string absolute, sys::absolute_path(path));
    ALBS_TRY(Store store, Store::open(absolute + "/store"));
    return Workspace(std::move(absolute), std::move(store));
}

Result<std::string> Workspace::directory(std::string_view name) const
{
    std::string path = path_ + "/" + std::string(name);
    ALBS_CHECK(sys::make_directories(path));
    return path;
}

std::optional<std::string> Workspace::recall(std::string_view kind, std::string_view key) const
{
    std::string name = sha256(key).hex();
    auto text = sys::read_file(format_text("{}/{}/{}", path_, kind, name));
    if (!text || text->size() < 65)
        return std::nullopt;
    // The first line is the digest of the rest, so that half a memo is no memo.
    std::string rest = text->substr(65);
    if (text->substr(0, 64) != sha256(rest).hex())
        return std::nullopt;
    return rest;
}

Status Workspace::remember(std::string_view kind, std::string_view key, std::string_view text) const
{
    ALBS_TRY(std::string where, directory(kind));
    return sys::write_cache(where + "/" + sha256(key).hex(), format_text("{}\n{}", sha256(text).hex(), text));
}

} // namespace albs::store
