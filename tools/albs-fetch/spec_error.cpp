// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec_error.hpp"

#include <algorithm>

namespace albs::fetch {
namespace {

constexpr std::string_view error_mark = "error: ";
constexpr std::string_view missing_mark = "error: Bad file: ";

/// The first line that starts so, without it; empty if there is none.
std::string first_line(std::string_view log, std::string_view mark)
{
    while (!log.empty()) {
        std::string_view line = log.substr(0, log.find('\n'));
        if (line.starts_with(mark))
            return std::string(line.substr(mark.size()));
        log.remove_prefix(std::min(line.size() + 1, log.size()));
    }
    return {};
}

std::string without_tree(std::string line)
{
    for (std::string_view prefix : {"/builddir/tree/SOURCES/", "/builddir/tree/SPECS/", "/builddir/tree/"})
        for (std::size_t at = line.find(prefix); at != std::string::npos; at = line.find(prefix))
            line.erase(at, prefix.size());
    return line;
}

} // namespace

std::string spec_error(std::string_view log)
{
    if (std::string missing = first_line(log, missing_mark); !missing.empty()) {
        std::string name = without_tree(missing);
        return "source file '" + name.substr(0, name.find(": ")) +
               "' is neither in git nor in its list of lookaside files";
    }
    std::string line = first_line(log, error_mark);
    if (line.empty()) {
        while (!log.empty() && log.back() == '\n')
            log.remove_suffix(1);
        line = log.substr(log.rfind('\n') + 1);
    }
    return line.empty() ? "rpmbuild failed without a word" : without_tree(line);
}

std::string spec_hint(std::string_view log)
{
    if (!first_line(log, missing_mark).empty())
        return "sources that a spec names by URL are not downloaded: list them in dist-git, with their digest";
    return {};
}

} // namespace albs::fetch
