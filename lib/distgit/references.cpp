// SPDX-License-Identifier: GPL-3.0-or-later
// The two line formats of lookaside lists, and what paths in them may be.
#include <algorithm>
#include <optional>

#include "base/format.hpp"
#include "base/text.hpp"
#include "distgit/layout.hpp"

namespace albs::distgit {
namespace {

std::size_t digits_of(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::md5: return 32;
    case Algorithm::sha1: return 40;
    case Algorithm::sha256: return 64;
    case Algorithm::sha384: return 96;
    default: return 128;
    }
}

std::optional<Algorithm> algorithm_of_length(std::size_t digits)
{
    for (Algorithm algorithm :
         {Algorithm::md5, Algorithm::sha1, Algorithm::sha256, Algorithm::sha384, Algorithm::sha512})
        if (digits_of(algorithm) == digits)
            return algorithm;
    return std::nullopt;
}

/// Lower case; empty if it is no hex.
std::string hex_of(std::string_view text)
{
    std::string hex(text);
    for (char& c : hex) {
        if (c >= 'A' && c <= 'F')
            c = static_cast<char>(c - 'A' + 'a');
        if ((c < '0' || c > '9') && (c < 'a' || c > 'f'))
            return {};
    }
    return hex;
}

bool escapes(std::string_view path)
{
    if (path.empty() || path.front() == '/' || path.back() == '/')
        return true;
    while (true) {
        std::string_view part = path.substr(0, path.find('/'));
        bool odd = std::any_of(part.begin(), part.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
        if (part.empty() || part == "." || part == ".." || part == ".git" || odd)
            return true;
        if (part.size() == path.size())
            return false;
        path.remove_prefix(part.size() + 1);
    }
}

struct Line {
    std::string path;
    ListedDigest digest;
};

/// "SHA512 (which-2.21.tar.gz) = d2f0…" or "<hex>  SOURCES/which-2.21.tar.gz".
std::optional<Line> read_line(std::string_view line)
{
    Line read;
    std::size_t open = line.find(" (");
    std::size_t close = line.rfind(") = ");
    if (open != std::string_view::npos && close != std::string_view::npos && open + 2 < close) {
        auto algorithm = parse_algorithm(line.substr(0, open));
        read.path = line.substr(open + 2, close - open - 2);
        read.digest.hex = hex_of(trimmed(line.substr(close + 4)));
        if (!algorithm || read.digest.hex.size() != digits_of(*algorithm))
            return std::nullopt;
        read.digest.algorithm = *algorithm;
        return read;
    }
    std::size_t space = line.find_first_of(white_space);
    if (space == std::string_view::npos)
        return std::nullopt;
    read.digest.hex = hex_of(line.substr(0, space));
    std::string_view path = trimmed(line.substr(space));
    if (path.starts_with("*")) // md5sum's mark of a binary file
        path.remove_prefix(1);
    read.path = path;
    auto algorithm = algorithm_of_length(read.digest.hex.size());
    if (!algorithm)
        return std::nullopt;
    read.digest.algorithm = *algorithm;
    return read;
}

} // namespace

Status References::add(const std::string& path, ListedDigest digest)
{
    auto [place, is_new] = places_.try_emplace(path, files_.size());
    if (is_new)
        files_.push_back({path, {}});
    std::vector<ListedDigest>& known = files_[place->second].digests;
    auto after = std::find_if(known.begin(), known.end(),
                              [&](const ListedDigest& one) { return one.algorithm <= digest.algorithm; });
    if (after == known.end() || after->algorithm != digest.algorithm)
        known.insert(after, std::move(digest));
    else if (after->hex != digest.hex)
        return fail(Kind::trust,
                    format_text("'{}' has two {} digests: {} ({}) and {} ({})", path, algorithm_name(digest.algorithm),
                                after->hex, after->where, digest.hex, digest.where));
    return {};
}

Status read_references(const Layout& layout, const std::string& file, std::string_view text, References& references)
{
    int number = 0;
    while (!text.empty()) {
        std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        std::string where = format_text("'{}', line {}", file, ++number);
        if (line.empty() || line.front() == '#')
            continue;
        std::optional<Line> read = read_line(line);
        if (!read)
            return fail(Kind::input, where + ": neither 'ALGORITHM (FILE) = DIGEST' nor 'DIGEST PATH'");
        if (escapes(read->path))
            return fail(Kind::input, where + ": path '" + read->path + "' leads out of the checkout");
        if (!layout.sources.empty() && !read->path.starts_with(layout.sources + "/"))
            read->path = layout.sources + "/" + read->path;
        read->digest.where = std::move(where);
        ALBS_CHECK(references.add(read->path, std::move(read->digest)));
    }
    return {};
}

} // namespace albs::distgit
