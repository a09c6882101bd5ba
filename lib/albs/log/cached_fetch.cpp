// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/log/cached_fetch.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "sys/file.hpp"
#include "sys/replace_file.hpp"

namespace albs {
namespace {

constexpr std::size_t hex_digits = 2 * Digest::size;
constexpr std::size_t max_kept = std::size_t{64} << 20;

bool is_statements(std::string_view path)
{
    return path.starts_with("attestations/");
}

// A statement that is withheld may come again.
bool is_full(std::string_view path, std::string_view text)
{
    if (!is_statements(path))
        return true;
    std::uint64_t lines = 0;
    for (std::size_t at = 0; at < text.size(); ++lines) {
        std::size_t end = std::min(text.find('\n', at), text.size());
        if (end == at)
            return false;
        at = end + 1;
    }
    return lines == tile_width && text.ends_with('\n');
}

bool never_changes(const std::string& path)
{
    if (is_statements(path))
        return true; // if it is full
    Result<TilePath> tile = TilePath::parse(path);
    return tile && tile->width == tile_width;
}

// A kept file is its own SHA-256, a newline, and what was fetched.
std::optional<std::string> kept_file(const std::string& file)
{
    Result<std::string> text = sys::read_file(file, max_kept);
    if (!text || text->size() <= hex_digits)
        return std::nullopt;
    std::string digest = text->substr(0, hex_digits);
    text->erase(0, hex_digits + 1);
    if (sha256(*text).hex() != digest)
        return std::nullopt;
    return *std::move(text);
}

void keep(const std::string& directory, const std::string& path, const std::string& text)
{
    const std::string file = directory + "/" + path;
    if (text.size() >= max_kept || !sys::make_directories(file.substr(0, file.rfind('/'))))
        return;
    (void)sys::replace_file(file, sha256(text).hex() + "\n" + text);
}

} // namespace

std::string log_cache_directory()
{
    auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value == nullptr ? "" : value);
    };
    if (std::string cache = variable("XDG_CACHE_HOME"); !cache.empty())
        return cache + "/albs/logs";
    std::string home = variable("HOME");
    return home.empty() ? "" : home + "/.cache/albs/logs";
}

Fetch cached_fetch(Fetch remote, const std::string& directory)
{
    auto anew = [remote, directory](const std::string& path) -> Result<std::string> {
        Result<std::string> text = remote(path);
        if (text && never_changes(path) && is_full(path, *text))
            keep(directory, path, *text);
        return text;
    };
    auto get = [anew, directory](const std::string& path) -> Result<std::string> {
        if (never_changes(path))
            if (std::optional<std::string> kept = kept_file(directory + "/" + path); kept && is_full(path, *kept))
                return *std::move(kept);
        return anew(path);
    };
    return Fetch(get, anew);
}

} // namespace albs
