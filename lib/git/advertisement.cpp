// SPDX-License-Identifier: GPL-3.0-or-later
#include "git/advertisement.hpp"

#include <algorithm>
#include <charconv>

#include "git/location.hpp"

namespace albs::git {
namespace {

/// The first packet of the text, which is taken off it; empty: a flush packet. Nothing: it is no packet.
std::optional<std::string_view> take_packet(std::string_view& text)
{
    constexpr std::size_t head = 4;
    std::size_t length = 0;
    if (text.size() < head || std::from_chars(text.data(), text.data() + head, length, 16).ptr != text.data() + head ||
        length > text.size() || (length > 0 && length < head))
        return std::nullopt;
    std::string_view packet = length == 0 ? std::string_view() : text.substr(head, length - head);
    text.remove_prefix(std::max(length, head));
    return packet;
}

bool is_mirrored(std::string_view name)
{
    return name.starts_with("refs/heads/") || name.starts_with("refs/tags/");
}

std::string found(const References& references, const std::string& name)
{
    auto one = references.find(name);
    return one == references.end() ? std::string() : one->second;
}

References mirrored(const References& all)
{
    References some;
    std::copy_if(all.begin(), all.end(), std::inserter(some, some.end()),
                 [](const auto& one) { return is_mirrored(one.first); });
    return some;
}

} // namespace

std::optional<References> parse_advertisement(std::string_view text)
{
    std::optional<std::string_view> packet = take_packet(text);
    if (packet != "# service=git-upload-pack\n" || take_packet(text) != std::string_view())
        return std::nullopt;
    References all;
    constexpr std::size_t id_length = 40;
    for (packet = take_packet(text); packet && !packet->empty(); packet = take_packet(text)) {
        std::string_view line = packet->substr(0, packet->find('\0'));
        if (line.ends_with('\n'))
            line.remove_suffix(1);
        if (line.size() < id_length + 2 || line[id_length] != ' ' || !is_full_id(line.substr(0, id_length)))
            return std::nullopt;
        const std::string name(line.substr(id_length + 1));
        if (!name.ends_with("^{}"))
            all.emplace(name, line.substr(0, id_length));
    }
    if (!packet || !text.empty())
        return std::nullopt;
    return all;
}

bool has_all(const References& mirror, const References& served, const std::string& ref)
{
    if (mirrored(mirror) != mirrored(served))
        return false;
    if (ref.empty())
        return !found(served, "HEAD").empty() && found(served, "HEAD") == found(mirror, "refs/albs/HEAD");
    return !ref.starts_with("refs/") || is_mirrored(ref) ||
           (!found(served, ref).empty() && found(served, ref) == found(mirror, ref));
}

} // namespace albs::git
