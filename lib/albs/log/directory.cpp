// SPDX-License-Identifier: GPL-3.0-or-later
#include "albs/log/directory.hpp"

#include <fcntl.h>

#include "sys/fd.hpp"
#include "sys/file.hpp"

namespace albs {

Fetch fetch_from_directory(std::string directory)
{
    return [directory = std::move(directory)](const std::string& path) -> Result<std::string> {
        std::string whole = directory + "/" + path;
        sys::Fd file(::open(whole.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
        if (!file && (errno == ENOENT || errno == ENOTDIR))
            return fail(Kind::input, "the log has no '" + path + "'");
        if (!file)
            return sys::system_error("cannot open", whole);
        return sys::read_all(file.get(), whole, std::size_t{1} << 30);
    };
}

std::string attestations_path(std::uint64_t number)
{
    return "attestations/" + grouped_number(number) + ".intoto.jsonl";
}

std::vector<std::string> attestation_lines(std::string_view text, std::uint64_t count)
{
    std::vector<std::string> lines;
    while (lines.size() < count) {
        std::size_t end = text.find('\n');
        if (end == std::string_view::npos)
            break;
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    lines.resize(count);
    return lines;
}

} // namespace albs
