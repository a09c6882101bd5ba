// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "albs/log/tile.hpp"
#include "base/format.hpp"

namespace albs {
namespace {

std::string three_digits(std::uint64_t number)
{
    std::string digits = std::to_string(number);
    return std::string(3 - std::min<std::size_t>(3, digits.size()), '0') + digits;
}

tl::unexpected<Error> no_path(std::string_view text)
{
    return fail(Kind::input, "not the path of a tile: '" + std::string(text.substr(0, 100)) + "'");
}

Result<std::uint64_t> number_from(std::string_view text)
{
    std::uint64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return no_path(text);
    return number;
}

} // namespace

std::string grouped_number(std::uint64_t number)
{
    std::string text = three_digits(number % 1000);
    for (number /= 1000; number > 0; number /= 1000)
        text = "x" + three_digits(number % 1000) + "/" + text;
    return text;
}

std::string TilePath::text() const
{
    std::string path = "tile/" + (entries ? std::string("entries") : std::to_string(level)) + "/";
    path += grouped_number(number);
    return width == tile_width ? path : path + ".p/" + std::to_string(width);
}

Result<TilePath> TilePath::parse(std::string_view text)
{
    TilePath path;
    std::string_view rest = text;
    if (!rest.starts_with("tile/"))
        return no_path(text);
    rest.remove_prefix(5);
    std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos)
        return no_path(text);
    path.entries = rest.substr(0, slash) == "entries";
    if (!path.entries) {
        ALBS_TRY(std::uint64_t level, number_from(rest.substr(0, slash)));
        if (level > 63)
            return no_path(text);
        path.level = static_cast<unsigned>(level);
    }
    rest.remove_prefix(slash + 1);
    if (std::size_t partial = rest.find(".p/"); partial != std::string_view::npos) {
        ALBS_TRY(path.width, number_from(rest.substr(partial + 3)));
        if (path.width == 0 || path.width >= tile_width)
            return no_path(text);
        rest = rest.substr(0, partial);
    }
    std::string digits;
    std::copy_if(rest.begin(), rest.end(), std::back_inserter(digits), [](char c) { return c != 'x' && c != '/'; });
    ALBS_TRY(path.number, number_from(digits));
    // A tile has one path only; any other text for it is refused here.
    if (path.text() != text)
        return no_path(text);
    return path;
}

std::uint64_t tile_width_at(unsigned level, std::uint64_t number, std::uint64_t size)
{
    unsigned shift = 8 * level;
    std::uint64_t hashes = shift >= 64 ? 0 : size >> shift;
    std::uint64_t first = number * tile_width;
    return hashes <= first ? 0 : std::min(tile_width, hashes - first);
}

Result<std::string> write_bundle(const std::vector<std::string>& entries)
{
    std::string bytes;
    for (const std::string& entry : entries) {
        if (entry.size() > max_entry)
            return fail(Kind::input,
                        format_text("an entry of {} bytes; a log takes {} at most", entry.size(), max_entry));
        bytes += static_cast<char>(entry.size() >> 8);
        bytes += static_cast<char>(entry.size() & 255);
        bytes += entry;
    }
    return bytes;
}

Result<std::vector<std::string>> read_bundle(std::string_view bytes, std::uint64_t count)
{
    std::vector<std::string> entries;
    while (entries.size() < count) {
        if (bytes.size() < 2)
            return fail(Kind::trust, "a bundle that ends in the middle of an entry");
        std::size_t size = std::size_t{static_cast<unsigned char>(bytes[0])} << 8 |
                           static_cast<unsigned char>(bytes[1]);
        if (bytes.size() < 2 + size)
            return fail(Kind::trust, "a bundle that ends in the middle of an entry");
        entries.emplace_back(bytes.substr(2, size));
        bytes.remove_prefix(2 + size);
    }
    if (!bytes.empty())
        return fail(Kind::trust, "a bundle with more than its " + std::to_string(count) + " entries");
    return entries;
}

} // namespace albs
