// SPDX-License-Identifier: GPL-3.0-or-later
// The two line formats of lookaside lists, and what paths in them may be.
#include <algorithm>
#include <optional>

#include "base/format.hpp"
#include "distgit/layout.hpp"

namespace albs::distgit {
namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text)
{
    std::size_t start = text.find_first_not_of(blanks);
    if (start == std::string_view::npos)
        return {};
    return text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

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

/// "SHA512 (which-2.21.tar.gz) = d2f0…" or "<hex>  SOURCES/which-2.21.tar.gz".
std::optional<Reference> read_line(std::string_view line)
{
    Reference reference;
    std::size_t open = line.find(" (");
    std::size_t close = line.rfind(") = ");
    if (open != std::string_view::npos && close != std::string_view::npos && open + 2 < close) {
        auto algorithm = parse_algorithm(line.substr(0, open));
        reference.path = line.substr(open + 2, close - open - 2);
        reference.hex = hex_of(trimmed(line.substr(close + 4)));
        if (!algorithm || reference.hex.size() != digits_of(*algorithm))
            return std::nullopt;
        reference.algorithm = *algorithm;
        return reference;
    }
    std::size_t space = line.find_first_of(blanks);
    if (space == std::string_view::npos)
        return std::nullopt;
    reference.hex = hex_of(line.substr(0, space));
    std::string_view path = trimmed(line.substr(space));
    if (path.starts_with("*")) // md5sum's mark of a binary file
        path.remove_prefix(1);
    reference.path = path;
    auto algorithm = algorithm_of_length(reference.hex.size());
    if (!algorithm)
        return std::nullopt;
    reference.algorithm = *algorithm;
    return reference;
}

} // namespace

Result<std::vector<Reference>> read_references(const Layout& layout, const std::string& file, std::string_view text)
{
    std::vector<Reference> references;
    int number = 0;
    while (!text.empty()) {
        std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        std::string where = format_text("'{}', line {}: ", file, ++number);
        if (line.empty() || line.front() == '#')
            continue;
        std::optional<Reference> reference = read_line(line);
        if (!reference)
            return fail(Kind::input, where + "neither 'ALGORITHM (FILE) = DIGEST' nor 'DIGEST PATH'");
        if (escapes(reference->path))
            return fail(Kind::input, where + "path '" + reference->path + "' leads out of the checkout");
        if (!layout.sources.empty() && !reference->path.starts_with(layout.sources + "/"))
            reference->path = layout.sources + "/" + reference->path;
        for (const Reference& other : references)
            if (other.path == reference->path && other.hex != reference->hex)
                return fail(Kind::input, where + "'" + reference->path + "' has two digests");
        references.push_back(std::move(*reference));
    }
    return references;
}

} // namespace albs::distgit
