// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec_error.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "rpm/unexpanded.hpp"

namespace albs::build {
namespace {

constexpr std::size_t max_message = 300; ///< bytes
constexpr std::string_view error_mark = "error: ";
/// "error: Bad file: PATH: No such file or directory", and of older versions "error: Bad source: …".
constexpr std::string_view missing_marks[] = {"error: Bad file: ", "error: Bad source: "};

struct Line {
    std::string text;
    std::size_t offset = std::string::npos;
};

/// The first line that starts so, without it; empty if there is none.
Line first_line(std::string_view log, std::string_view mark)
{
    for (std::size_t at = 0; at < log.size();) {
        std::string_view line = log.substr(at, log.find('\n', at) - at);
        if (line.starts_with(mark))
            return {std::string(line.substr(mark.size())), at};
        at += line.size() + 1;
    }
    return {};
}

Line last_line(std::string_view log)
{
    while (!log.empty() && log.back() == '\n')
        log.remove_suffix(1);
    std::size_t at = log.rfind('\n') + 1;
    return {std::string(log.substr(at)), at};
}

std::string without_tree(std::string line)
{
    for (std::string_view prefix : {"/builddir/tree/SOURCES/", "/builddir/tree/SPECS/", "/builddir/tree/",
                                    "/builddir/build/SOURCES/", "/builddir/build/SPECS/"})
        for (std::size_t at = line.find(prefix); at != std::string::npos; at = line.find(prefix))
            line.erase(at, prefix.size());
    return line;
}

} // namespace

SpecError spec_error(std::string_view log)
{
    SpecError error;
    for (std::string_view mark : missing_marks)
        if (Line missing = first_line(log, mark); !missing.text.empty()) {
            std::string name = without_tree(missing.text);
            error.missing = name.substr(0, name.find(": "));
            // Two letters may be a byte of a URL ("%C3").
            if (auto left = rpm::find_unexpanded("source file", error.missing); left && left->macro.size() > 2)
                error.message = "the macro '" + left->macro + "' is not defined: " + left->where;
            else
                error.message = "source file '" + error.missing +
                                "' is neither in the source nor in its list of "
                                "lookaside files";
            error.offset = static_cast<std::int64_t>(missing.offset);
            return error;
        }
    Line line = first_line(log, error_mark);
    if (line.text.empty())
        line = last_line(log);
    error.message = line.text.empty() ? "rpmbuild failed without a word"
                                      : as_utf8(without_tree(std::move(line.text)).substr(0, max_message));
    error.offset = static_cast<std::int64_t>(std::min(line.offset, log.size()));
    return error;
}

} // namespace albs::build
